-- From an amount on, an issued invoice is taken back only when a second person agrees. Below it there is no request.
create table billing.cancellation_request (
  id                 uuid primary key,
  invoice_id         uuid        not null references billing.invoice,
  reason             text        not null check (btrim(reason) <> '' and length(reason) <= 300),
  state              text        not null check (state in ('requested', 'issued', 'withdrawn')),
  requested_by       uuid        not null,
  requested_by_name  text        not null,
  requested_at       timestamptz not null,
  approved_by        uuid,
  approved_by_name   text,
  approved_at        timestamptz,
  constraint cancellation_request_four_eyes check (approved_by <> requested_by),
  constraint cancellation_request_approved check ((approved_by is null) = (approved_at is null) and (approved_by is null) = (approved_by_name is null)),
  constraint cancellation_request_issued check ((state = 'issued') = (approved_by is not null))
);
create unique index cancellation_request_live on billing.cancellation_request (invoice_id) where state in ('requested', 'issued');
select platform.attach_audit('billing.cancellation_request');
