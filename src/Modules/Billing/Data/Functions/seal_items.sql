-- Revision 1
-- As for invoices: what is paid off on an item was open, looked at under a lock; and a fee is posted with its amount. The settings are told in seal_invoices.
create or replace function billing.seal_items() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  perform from billing.item o where o.id in (
      select l.item_id from added a join billing.posting_line l on l.posting_id = a.id where l.item_id is not null and l.credit > 0)
    order by o.id for no key update;
  if exists (select from billing.posting_line l where l.item_id in (
                 select s.item_id from added a join billing.posting_line s on s.posting_id = a.id where s.item_id is not null and s.credit > 0)
              group by l.item_id having sum(l.debit) < sum(l.credit)) then
    raise exception 'More is paid on an item than is open' using errcode = 'AS002';
  end if;
  if exists (select from added a join billing.item o on o.id = a.item_id
              where a.kind = 'fee' and (o.kind, o.amount) is distinct from ('fee',
                (select sum(l.credit) from billing.posting_line l where l.posting_id = a.id and l.ledger_account = 'fee_income'))) then
    raise exception 'A fee is posted with its amount' using errcode = 'AS002';
  end if;
  return null;
end $$;
drop trigger if exists sealed_items on billing.posting;
create trigger sealed_items after insert on billing.posting referencing new table as added
  for each statement execute function billing.seal_items();
