-- Refunds, and what an office brings along from the books it kept before: open amounts and credits of members, taken over from a list.
--
-- An item taken over is no invoice: it has no document, no charge and no number of a series. It is owed, paid and set off like one,
-- so a line of the ledger opens or settles either an invoice or an item taken over.

-- Kinds and accounts are added to those that there are.
do $$
declare
  known text;
begin
  select substring(pg_get_constraintdef(oid) from 'CHECK \((.*)\)') into strict known from pg_constraint where conrelid = 'billing.posting'::regclass and conname = 'posting_kind_check';
  execute format('alter table billing.posting drop constraint posting_kind_check, add constraint posting_kind_check check (kind in (''refund'', ''opening'', ''opening_undo'') or %s)', known);
  select substring(pg_get_constraintdef(oid) from 'CHECK \((.*)\)') into strict known from pg_constraint where conrelid = 'billing.ledger_account'::regclass and conname = 'ledger_account_code_check';
  execute format('alter table billing.ledger_account drop constraint ledger_account_code_check, add constraint ledger_account_code_check check (code = ''opening'' or %s)', known);
end $$;
insert into billing.ledger_account (code, number) values ('opening', '9008');  -- Saldenvorträge Debitoren

-- A list that was taken over; its file lies in the archive.
create table billing.opening_import (
  id              uuid primary key,
  file_name       text          not null,
  archive_file_id uuid          not null unique references platform.archive_file,
  sha256          bytea         not null,
  control_sum     numeric(14,2) not null,                      -- typed by the person: open amounts less credits
  open_count      int           not null check (open_count >= 0),
  open_sum        numeric(14,2) not null check (open_sum >= 0),
  credit_count    int           not null check (credit_count >= 0),
  credit_sum      numeric(14,2) not null check (credit_sum >= 0),
  taken_on        date          not null,
  taken_at        timestamptz   not null default now(),
  taken_by        text          not null,
  undone_at       timestamptz,
  undone_by       text,
  constraint opening_import_control_sum check (control_sum = open_sum - credit_sum),
  constraint opening_import_undone check ((undone_at is null) = (undone_by is null))
);
create unique index opening_import_file on billing.opening_import (sha256) where undone_at is null; -- no list is taken over twice
select platform.attach_audit('billing.opening_import', 'id', 'sha256');

create table billing.opening_item (
  id         uuid primary key,
  sequence   bigint        not null generated always as identity unique,
  number     text          not null generated always as ('EB-' || lpad(sequence::text, greatest(5, length(sequence::text)), '0')) stored unique,
  import_id  uuid          not null references billing.opening_import,
  kind       text          not null check (kind in ('open', 'credit')),
  account_id uuid          not null references billing.account,
  origin     text          not null check (btrim(origin) <> '' and length(origin) <= 100), -- „Beitrag 2025, Rechnung 2025-114“
  amount     numeric(14,2) not null check (amount > 0),
  due_on     date,
  row_number int           not null,                           -- in the file
  undone     boolean       not null default false,
  check ((kind = 'open') = (due_on is not null))
);
create unique index opening_item_once on billing.opening_item (account_id, kind, lower(origin)) where not undone; -- nor one item from two lists
create index opening_item_import on billing.opening_item (import_id);

-- Final like a posting; only its undoing is noted on it.
create function billing.refuse_opening_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and not old.undone and new.undone and to_jsonb(old) - 'undone' - 'number' = to_jsonb(new) - 'undone' - 'number' then -- the number is generated after this
    return new;
  end if;
  raise exception '% on billing.opening_item is refused: what was taken over is undone as a whole, never changed', tg_op using errcode = 'AS001';
end $$;
create trigger final before update or delete on billing.opening_item for each row execute function billing.refuse_opening_change();
create trigger append_only_truncate before truncate on billing.opening_item for each statement execute function platform.refuse_change();

-- A list between upload and decision.
create table billing.opening_draft (
  id          uuid primary key,
  owner       uuid          not null,
  file_name   text          not null,
  bytes       bytea         not null,
  control_sum numeric(14,2) not null,
  created_at  timestamptz   not null default now()
);

alter table billing.posting add column opening_id uuid references billing.opening_item;
create unique index posting_of_opening on billing.posting (opening_id, kind) where kind in ('opening', 'opening_undo');

alter table billing.posting_line
  add column opening_id uuid references billing.opening_item,
  drop constraint posting_line_check2,
  add constraint posting_line_item check (num_nonnulls(invoice_id, opening_id) = case ledger_account when 'receivables' then 1 else 0 end);
create index posting_line_opening on billing.posting_line (opening_id) include (debit, credit) where opening_id is not null;

-- As for invoices: what is paid off was open, looked at under a lock.
create function billing.seal_opening_items() returns trigger language plpgsql as $$
begin
  perform from billing.opening_item o where o.id in (
      select l.opening_id from added a join billing.posting_line l on l.posting_id = a.id where l.opening_id is not null and l.credit > 0)
    order by o.id for no key update;
  if exists (select from billing.posting_line l where l.opening_id in (
                 select s.opening_id from added a join billing.posting_line s on s.posting_id = a.id where s.opening_id is not null and s.credit > 0)
              group by l.opening_id having sum(l.debit) < sum(l.credit)) then
    raise exception 'More is paid on an item taken over than is open' using errcode = 'AS002';
  end if;
  return null;
end $$;
alter function billing.seal_opening_items() set enable_seqscan = off;
alter function billing.seal_opening_items() set enable_hashjoin = off;
alter function billing.seal_opening_items() set enable_mergejoin = off;
create trigger sealed_openings after insert on billing.posting referencing new table as added
  for each statement execute function billing.seal_opening_items();

-- Invoices only, as before.
create or replace view billing.open_item as
  select invoice_id, account_id, sum(debit - credit) as open from billing.posting_line
   where ledger_account = 'receivables' and invoice_id is not null group by invoice_id, account_id having sum(debit - credit) <> 0;

-- Everything that is still to be paid: invoices and items taken over.
create view billing.open_receivable as
  select i.id, 'invoice' as kind, i.series, i.year, i.sequence::bigint as sequence, i.number, i.account_id, i.issued_on, i.due_on, i.amount, o.open,
         i.payment_route, i.payment_text, i.iban, null::text as origin
    from billing.open_item o join billing.invoice i on i.id = o.invoice_id
  union all
  select e.id, 'opening', 'EB', extract(year from e.due_on)::int, e.sequence, e.number, e.account_id, m.taken_on, e.due_on, e.amount, o.open,
         'transfer', e.number || ' ' || a.member_number, null, e.origin
    from (select opening_id, sum(debit - credit) as open from billing.posting_line where opening_id is not null group by opening_id having sum(debit - credit) <> 0) o
    join billing.opening_item e on e.id = o.opening_id join billing.opening_import m on m.id = e.import_id join billing.account a on a.id = e.account_id;
