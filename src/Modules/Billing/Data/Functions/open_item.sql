-- Revision 1
-- What is open on each invoice; items taken over stand beside it in open_receivable.
create or replace view billing.open_item as
  select invoice_id, account_id, sum(debit - credit) as open from billing.posting_line
   where ledger_account = 'receivables' and invoice_id is not null group by invoice_id, account_id having sum(debit - credit) <> 0;
