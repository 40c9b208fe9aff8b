-- Each kind of dues is income on an account of its own. What was issued before stays where it was posted, and is taken back from there.
alter table billing.ledger_account drop constraint ledger_account_code_check;
alter table billing.ledger_account add constraint ledger_account_code_check
  check (code in ('receivables', 'credit', 'bank', 'opening', 'dues_income', 'admission_income', 'levy_income', 'waived', 'written_off', 'recovered', 'released_credit'));
-- The numbers of the income accounts are the office's; these are the ones with which it begins.
insert into billing.ledger_account (code, number) values
  ('admission_income', '4010'),  -- Aufnahmegebühren
  ('levy_income',      '4020');  -- Umlagen

-- As before; and an invoice is income of its kind, a cancellation takes it from the account that has it.
create or replace function billing.seal_invoices() returns trigger language plpgsql as $$
declare wrong text;
begin
  select min(a.number) into wrong from added a
   where a.amount is distinct from (select sum(l.amount) from billing.invoice_line l where l.invoice_id = a.id);
  if wrong is not null then
    raise exception 'The lines of % do not add up to its amount', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a
   where a.amount is distinct from (
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
-- Replacing a function forgets its settings; why it has them is told in 0002.
alter function billing.seal_invoices() set enable_seqscan = off;
alter function billing.seal_invoices() set enable_hashjoin = off;
alter function billing.seal_invoices() set enable_mergejoin = off;
