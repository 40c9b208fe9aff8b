-- Revision 2
-- What was forgiven on an invoice and not taken back, and what came in although it was written off. What was taken over stands in forgiven_item.
create or replace view billing.forgiven as
  select p.invoice_id,
         coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'waived'), 0) as waived,
         coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'written_off'), 0) as written_off,
         coalesce(sum(l.credit - l.debit) filter (where l.ledger_account = 'recovered'), 0) as recovered
    from billing.posting p join billing.posting_line l on l.posting_id = p.id
   where l.ledger_account in ('waived', 'written_off', 'recovered', 'released_credit') and p.invoice_id is not null
   group by p.invoice_id;
