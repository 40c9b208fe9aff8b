-- Beside dues, an account may owe for services: seats at events (docs/decisions/0049). Who pays need not be a member; a service says its tax.
alter table billing.account
  alter column member_id drop not null,
  add column debtor_id uuid unique,                       -- who pays and is no member, as the module knows it that sells
  add constraint account_holder check ((member_id is null) <> (debtor_id is null)),
  add constraint account_guest_number check ((debtor_id is not null) = (member_number like 'GAST-%'));
create sequence billing.guest_number;                     -- of accounts of those who are no members; gaps are fine

alter table billing.invoice alter column dues_year drop not null; -- a service is of no dues year
alter table billing.number_series drop constraint number_series_series_check;
alter table billing.number_series add constraint number_series_series_check check (series in ('BR', 'VR', 'ST')); -- VR: Veranstaltungsrechnung
alter table billing.number_prefix drop constraint number_prefix_series_check;
alter table billing.number_prefix add constraint number_prefix_series_check check (series in ('BR', 'VR', 'ST'));
insert into billing.number_prefix (prefix, series) values ('VR', 'VR') on conflict do nothing;
alter table billing.invoice drop constraint invoice_check1;
alter table billing.invoice
  add constraint invoice_series_of_kind check ((kind = 'cancellation') = (series = 'ST')),
  add constraint invoice_dues_have_a_year check (series = 'ST' or (series = 'BR') = (dues_year is not null)),
  add constraint invoice_tells_its_service check ((dues_year is null) = (jsonb_typeof(content -> 'service') is not distinct from 'object'));

alter table billing.ledger_account drop constraint ledger_account_code_check;
alter table billing.ledger_account add constraint ledger_account_code_check
  check (code in ('receivables', 'credit', 'bank', 'opening', 'dues_income', 'admission_income', 'levy_income', 'service_income', 'fee_income', 'vat', 'waived',
                  'written_off', 'recovered', 'released_credit'));
insert into billing.ledger_account (code, number) values
  ('service_income', '4100'),  -- Erlöse aus Veranstaltungen, net
  ('vat',            '3800');  -- Umsatzsteuer
