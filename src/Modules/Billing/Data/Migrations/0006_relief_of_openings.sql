-- What an office brought along from the books it kept before is waived, reduced and written off like an invoice: a resolution concerns either.
-- A credit taken over can be given up too, by the member who does without it or because nobody can be paid: it is income then, and no waiver of a claim.
alter table billing.ledger_account drop constraint ledger_account_code_check;
alter table billing.ledger_account add constraint ledger_account_code_check
  check (code in ('receivables', 'credit', 'bank', 'opening', 'dues_income', 'waived', 'written_off', 'recovered', 'released_credit'));
insert into billing.ledger_account (code, number) values ('released_credit', '4932');  -- Erträge aus der Herabsetzung von Verbindlichkeiten

alter table billing.claim_relief alter column invoice_id drop not null;
alter table billing.claim_relief add column opening_id uuid references billing.opening_item;
alter table billing.claim_relief add constraint claim_relief_item check (num_nonnulls(invoice_id, opening_id) = 1);

-- A part may be waived and the rest later; only one resolution at a time waits for its second person.
drop index billing.claim_relief_live;
create unique index claim_relief_waiting on billing.claim_relief (coalesce(invoice_id, opening_id)) where state = 'requested';
create index claim_relief_invoice on billing.claim_relief (invoice_id) where invoice_id is not null;
create index claim_relief_opening on billing.claim_relief (opening_id) where opening_id is not null;

drop index billing.posting_line_forgiven;
create index posting_line_forgiven on billing.posting_line (posting_id) where ledger_account in ('waived', 'written_off', 'recovered', 'released_credit');

-- Invoices only, as before; what was taken over stands beside it.
create or replace view billing.forgiven as
  select p.invoice_id,
         coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'waived'), 0) as waived,
         coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'written_off'), 0) as written_off,
         coalesce(sum(l.credit - l.debit) filter (where l.ledger_account = 'recovered'), 0) as recovered
    from billing.posting p join billing.posting_line l on l.posting_id = p.id
   where l.ledger_account in ('waived', 'written_off', 'recovered', 'released_credit') and p.invoice_id is not null
   group by p.invoice_id;
create view billing.forgiven_opening as
  select p.opening_id,
         coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'waived'), 0) as waived,
         coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'written_off'), 0) as written_off,
         coalesce(sum(l.credit - l.debit) filter (where l.ledger_account = 'recovered'), 0) as recovered,
         coalesce(sum(l.credit - l.debit) filter (where l.ledger_account = 'released_credit'), 0) as released
    from billing.posting p join billing.posting_line l on l.posting_id = p.id
   where l.ledger_account in ('waived', 'written_off', 'recovered', 'released_credit') and p.opening_id is not null
   group by p.opening_id;

-- What an entry does to a member's account. Money that comes late on something written off changes no balance, yet the member paid it: it is told too.
create view billing.account_movement as
  select account_id, posting_id, sum(effect) as effect, sum(late) as late
    from (select account_id, posting_id, debit - credit as effect, 0::numeric as late from billing.posting_line where account_id is not null
          union all
          select coalesce(i.account_id, e.account_id), l.posting_id, 0::numeric, l.credit - l.debit
            from billing.posting_line l join billing.posting p on p.id = l.posting_id
            left join billing.invoice i on i.id = p.invoice_id left join billing.opening_item e on e.id = p.opening_id
           where l.ledger_account = 'recovered') x
   group by account_id, posting_id;
