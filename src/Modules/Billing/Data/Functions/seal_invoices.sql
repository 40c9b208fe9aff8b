-- Revision 2
-- An invoice is sealed when it is issued: its lines add up, it is posted as income of its kind (of a service net, with the tax that it tells), a cancellation
-- takes back what it cancels from the accounts that have it, and its number was drawn. The settings: plans are kept per connection, and one made while the
-- books were nearly empty would scan them from end to end for the rest of a long run. The kinds are named, so that the partial index posting_of_document fits.
create or replace function billing.seal_invoices() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare wrong text;
begin
  select min(a.number) into wrong from added a
   where a.amount is distinct from (select sum(l.amount) from billing.invoice_line l where l.invoice_id = a.id);
  if wrong is not null then
    raise exception 'The lines of % do not add up to its amount', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a
   where a.dues_year is not null and a.amount is distinct from (
     select sum(l.credit - l.debit) from billing.posting p join billing.posting_line l on l.posting_id = p.id
      where p.invoice_id = a.id and p.kind in ('invoice', 'cancellation') and p.kind = a.kind
        and l.ledger_account = case
          when a.kind = 'cancellation' then (
            select min(x.ledger_account) from billing.posting q join billing.posting_line x on x.posting_id = q.id
             where q.invoice_id = a.cancels_id and q.kind in ('invoice', 'cancellation') and x.ledger_account in ('dues_income', 'admission_income', 'levy_income'))
          when a.content ->> 'kind' = 'admission' then 'admission_income'
          when a.content ->> 'kind' = 'levy' then 'levy_income'
          else 'dues_income' end);
  if wrong is not null then
    raise exception '% is not posted with its amount as income of its kind', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a
   where a.dues_year is null and (
     select (a.amount, (select coalesce(sum((v ->> 'tax')::numeric), 0) from jsonb_array_elements(a.content -> 'service' -> 'vat') v))
            is distinct from (coalesce(sum(l.credit - l.debit), 0), coalesce(sum(l.credit - l.debit) filter (where l.ledger_account = 'vat'), 0))
       from billing.posting p join billing.posting_line l on l.posting_id = p.id
      where p.invoice_id = a.id and p.kind in ('invoice', 'cancellation') and p.kind = a.kind and l.ledger_account in ('service_income', 'vat'));
  if wrong is not null then
    raise exception '% is not posted with its amount and its tax', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a join billing.invoice o on o.id = a.cancels_id
   where (o.kind, o.account_id, o.charge_id, -o.amount) is distinct from ('invoice', a.account_id, a.charge_id, a.amount);
  if wrong is not null then
    raise exception '% does not take back what it cancels', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a join billing.number_series s on s.series = a.series and s.year = a.year
   where a.sequence > s.last_number;
  if wrong is not null then
    raise exception 'The number % was not drawn', wrong using errcode = 'AS002';
  end if;
  return null;
end $$;
