-- Reminders: who is asked again to pay what is overdue, by which letter, and what that costs (docs/decisions/0041).

-- What is owed without an invoice is one thing, whether it was taken over from the books kept before or is the fee of a reminder: owed, paid, set off,
-- waived and written off alike.
alter table billing.opening_item rename to item;
alter table billing.posting rename column opening_id to item_id;
alter table billing.posting_line rename column opening_id to item_id;
alter table billing.claim_relief rename column opening_id to item_id;
alter view billing.forgiven_opening rename to forgiven_item;
alter view billing.forgiven_item rename column opening_id to item_id;

-- Their functions have their texts in files from here on.
drop trigger final on billing.item;
drop function billing.refuse_opening_change();
drop trigger sealed_openings on billing.posting;
drop function billing.seal_opening_items();
drop view billing.open_receivable;

alter table billing.item
  drop constraint opening_item_kind_check,
  add constraint item_kind check (kind in ('open', 'credit', 'fee')),
  drop constraint opening_item_check,
  add constraint item_due check ((kind = 'credit') = (due_on is null)),
  alter column import_id drop not null,
  alter column row_number drop not null,
  add constraint item_taken_over check (num_nulls(import_id, row_number) = case kind when 'fee' then 2 else 0 end),
  drop column number,
  add column number text not null unique
    generated always as (case kind when 'fee' then 'MG-' else 'EB-' end || lpad(sequence::text, greatest(5, length(sequence::text)), '0')) stored;

alter table billing.posting
  drop constraint posting_kind_check,
  add constraint posting_kind_check check (kind in
    ('invoice', 'cancellation', 'payment', 'payment_reversal', 'set_off', 'refund', 'opening', 'opening_undo', 'fee', 'fee_reversal',
     'waiver', 'write_off', 'reversal')),
  drop constraint posting_reversal,
  add constraint posting_reversal check ((kind in ('reversal', 'payment_reversal', 'fee_reversal')) = (reverses_id is not null));
create unique index posting_of_fee on billing.posting (item_id) where kind = 'fee';
alter table billing.ledger_account drop constraint ledger_account_code_check;
alter table billing.ledger_account add constraint ledger_account_code_check
  check (code in ('receivables', 'credit', 'bank', 'opening', 'dues_income', 'admission_income', 'levy_income', 'fee_income', 'waived', 'written_off',
                  'recovered', 'released_credit'));
insert into billing.ledger_account (code, number) values ('fee_income', '4830');  -- Sonstige Erträge: Mahngebühren

-- A reminder is a letter like a statement of account: archived, handed over, proved.
drop view if exists billing.delivery_waiting;
drop view if exists billing.deliverable;
alter table billing.letter
  drop constraint letter_kind_check,
  add constraint letter_kind check (kind in ('statement', 'letter', 'reminder')),
  drop constraint letter_check2,
  add constraint letter_origin check ((kind = 'statement') = (origin_id is null)),  -- of a reminder: its run
  drop column number,
  add column number text not null unique
    generated always as (case kind when 'statement' then 'KA-' when 'reminder' then 'MA-' else 'BF-' end || sequence::text) stored;

-- What is to be reminded of, as it was found on a day; a second person agrees, or the office decided to do without.
create table billing.dunning_run (
  id         uuid primary key,
  number     int         not null generated always as identity unique,
  as_of      date        not null,
  state      text        not null check (state in ('submitted', 'approved', 'sending', 'sent', 'withdrawn')),
  work_id    uuid references platform.long_work,
  sent_at    timestamptz,
  check ((state in ('sending', 'sent')) = (work_id is not null)),
  check ((state = 'sent') = (sent_at is not null)),
  needs_second boolean   not null
);
select platform.attach_approval('billing.dunning_run', 'submitted');
alter table billing.dunning_run
  add constraint dunning_run_second check (state in ('submitted', 'withdrawn') or not needs_second or approved_at is not null),
  add constraint dunning_run_withdrawn check ((state = 'withdrawn') = (ended_at is not null));
create unique index dunning_run_one on billing.dunning_run ((true)) where state in ('submitted', 'approved', 'sending'); -- one at a time
select platform.attach_audit('billing.dunning_run');

create table billing.dunning_run_item (
  run_id      uuid          not null references billing.dunning_run,
  account_id  uuid          not null references billing.account,
  invoice_id  uuid references billing.invoice,
  item_id     uuid references billing.item,
  level       int           not null check (level between 1 and 3),
  open        numeric(14,2) not null check (open > 0),               -- when the run was submitted
  left_out    text,                                                  -- why nothing was sent after all; null while it is to be sent, or was
  letter_id   uuid references billing.letter,
  check (num_nonnulls(invoice_id, item_id) = 1),
  check (num_nonnulls(left_out, letter_id) <= 1)
);
create unique index dunning_run_item_once on billing.dunning_run_item (run_id, coalesce(invoice_id, item_id));
create index dunning_run_item_account on billing.dunning_run_item (run_id, account_id) where left_out is null and letter_id is null;

-- The letter that was written: its highest level, what it asks for, its fee. It can be taken back as long as it has not left the house.
create table billing.reminder (
  letter_id      uuid primary key references billing.letter,
  run_id         uuid          not null references billing.dunning_run,
  account_id     uuid          not null references billing.account,
  level          int           not null check (level between 1 and 3),
  open           numeric(14,2) not null check (open > 0),            -- with earlier fees and this letter's own
  fee_item_id    uuid unique references billing.item,                -- null: without a fee
  taken_back_at  timestamptz,
  taken_back_by  text,
  check (num_nulls(taken_back_at, taken_back_by) in (0, 2))
);
create index reminder_account on billing.reminder (account_id);
create index reminder_run on billing.reminder (run_id);
select platform.attach_audit('billing.reminder', 'letter_id');
create table billing.reminder_item (
  letter_id   uuid          not null references billing.reminder,
  invoice_id  uuid references billing.invoice,
  item_id     uuid references billing.item,
  level       int           not null check (level between 1 and 3),
  open        numeric(14,2) not null check (open > 0),
  live        boolean       not null default true,
  check (num_nonnulls(invoice_id, item_id) = 1)
);
create unique index reminder_item_once on billing.reminder_item (coalesce(invoice_id, item_id), level) where live; -- no item twice at one level
create index reminder_item_letter on billing.reminder_item (letter_id);

-- What was sent is not asked for twice: only taking a letter back is noted on it.
create function billing.keep_reminder() returns trigger language plpgsql as $$
declare
  before jsonb := to_jsonb(old);
  after  jsonb := case tg_op when 'UPDATE' then to_jsonb(new) end;
begin
  if tg_op = 'UPDATE' and before ->> 'taken_back_at' is null and coalesce(after ->> 'live', 'false') = 'false'
     and before - 'taken_back_at' - 'taken_back_by' - 'live' = after - 'taken_back_at' - 'taken_back_by' - 'live' then
    return new;
  end if;
  raise exception '% on billing.% is refused: a reminder stays, or is taken back once', tg_op, tg_table_name using errcode = 'AS001';
end $$;
create trigger keep before update or delete on billing.reminder for each row execute function billing.keep_reminder();
create trigger keep before update or delete on billing.reminder_item for each row execute function billing.keep_reminder();

-- No reminder as long as this holds: of one item, or of the member.
create table billing.dunning_stop (
  id          uuid primary key,
  account_id  uuid        not null references billing.account,
  invoice_id  uuid references billing.invoice,
  item_id     uuid references billing.item,
  reason      text        not null check (reason in ('dispute', 'insolvency', 'death', 'instalments', 'deferral', 'promise', 'other')),
  note        text        not null check (length(note) <= 300 and note !~ '[[:cntrl:]]'),
  from_day    date        not null,
  until_day   date,                                                   -- that day included; null: until it is lifted
  set_at      timestamptz not null,
  set_by      text        not null,
  lifted_at   timestamptz,
  lifted_by   text,
  constraint dunning_stop_period check (until_day >= from_day),
  check (num_nonnulls(invoice_id, item_id) <= 1),
  check (reason <> 'other' or btrim(note) <> ''),
  check (num_nulls(lifted_at, lifted_by) in (0, 2))
);
create index dunning_stop_account on billing.dunning_stop (account_id) where lifted_at is null;
select platform.attach_audit('billing.dunning_stop');

-- What the board decided after the last demand.
create table billing.dunning_decision (
  id           uuid primary key,
  account_id   uuid        not null references billing.account,
  invoice_id   uuid references billing.invoice,
  item_id      uuid references billing.item,
  decision     text        not null check (decision in ('court', 'wait', 'write_off', 'waive', 'exclude')),
  wait_until   date,
  resolved_by  text        not null check (btrim(resolved_by) <> '' and length(resolved_by) <= 200),
  resolved_on  date        not null,
  resolution   text        not null check (btrim(resolution) <> '' and length(resolution) <= 1000),
  noted_at     timestamptz not null,
  noted_by     text        not null,
  check (num_nonnulls(invoice_id, item_id) = 1),
  check ((decision = 'wait') = (wait_until is not null))
);
create index dunning_decision_item on billing.dunning_decision (coalesce(invoice_id, item_id));
select billing.make_final('billing.dunning_decision', 'What the board decided stays; it decides anew.');
