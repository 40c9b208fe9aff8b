-- Revision 2
-- A cancelled invoice takes no payment, and a payment is taken back whole, on the item on which it was booked. The settings are told in seal_invoices.
create or replace function billing.seal_payments() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare wrong text;
begin
  select min(c.number) into wrong from added a join billing.invoice c on c.cancels_id = a.invoice_id where a.kind = 'payment';
  if wrong is not null then
    raise exception 'The invoice is cancelled by %: nothing is paid on it', wrong using errcode = 'AS002';
  end if;

  if exists (
    select from added a left join billing.posting p on p.id = a.reverses_id
     where a.kind = 'payment_reversal'
       and ((p.kind, p.invoice_id, p.item_id) is distinct from ('payment', a.invoice_id, a.item_id)
         or (select sum(l.credit - l.debit) from billing.posting_line l where l.posting_id = a.id and l.ledger_account = 'bank')
            is distinct from (select sum(l.debit - l.credit) from billing.posting_line l where l.posting_id = p.id and l.ledger_account = 'bank'))) then
    raise exception 'A payment is taken back whole, on what it paid' using errcode = 'AS002';
  end if;
  return null;
end $$;
drop trigger if exists sealed_payments on billing.posting;
create trigger sealed_payments after insert on billing.posting referencing new table as added
  for each statement execute function billing.seal_payments();
