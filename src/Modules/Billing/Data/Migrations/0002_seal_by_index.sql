-- The sealing triggers look up a chunk's few rows by key. Their plans are kept per connection, and one made while the books were nearly
-- empty would scan them from end to end for the rest of a long run; so they are told to use the indexes, whatever the statistics say.

-- As before, but the kinds are named, so that the partial index posting_of_document fits.
create or replace function billing.seal_invoices() returns trigger language plpgsql as $$
declare wrong text;
begin
  select min(a.number) into wrong from added a
   where a.amount is distinct from (select sum(l.amount) from billing.invoice_line l where l.invoice_id = a.id);
  if wrong is not null then
    raise exception 'The lines of % do not add up to its amount', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a
   where a.amount is distinct from (select sum(l.credit - l.debit) from billing.posting p join billing.posting_line l on l.posting_id = p.id
                                     where p.invoice_id = a.id and p.kind in ('invoice', 'cancellation') and p.kind = a.kind and l.ledger_account = 'dues_income');
  if wrong is not null then
    raise exception '% is not posted with its amount', wrong using errcode = 'AS002';
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

alter function billing.refuse_sealed_invoice_lines() set enable_seqscan = off;
alter function billing.refuse_sealed_invoice_lines() set enable_hashjoin = off;
alter function billing.refuse_sealed_invoice_lines() set enable_mergejoin = off;
alter function billing.refuse_sealed_posting_lines() set enable_seqscan = off;
alter function billing.refuse_sealed_posting_lines() set enable_hashjoin = off;
alter function billing.refuse_sealed_posting_lines() set enable_mergejoin = off;
alter function billing.seal_postings() set enable_seqscan = off;
alter function billing.seal_postings() set enable_hashjoin = off;
alter function billing.seal_postings() set enable_mergejoin = off;
alter function billing.seal_invoices() set enable_seqscan = off;
alter function billing.seal_invoices() set enable_hashjoin = off;
alter function billing.seal_invoices() set enable_mergejoin = off;
