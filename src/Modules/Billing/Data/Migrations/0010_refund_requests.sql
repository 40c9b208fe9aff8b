-- From an amount on, a credit is paid back only when a second person agrees. Below it there is no request.
create table billing.refund_request (
  id                 uuid primary key,
  account_id         uuid          not null references billing.account,
  amount             numeric(14,2) not null check (amount > 0),
  paid_on            date          not null,                    -- as asked for; the posting has the day that the second person confirmed
  note               text          not null check (length(note) <= 140),
  state              text          not null check (state in ('requested', 'posted', 'withdrawn')),
  requested_by       uuid          not null,
  requested_by_name  text          not null,
  requested_at       timestamptz   not null,
  approved_by        uuid,
  approved_by_name   text,
  approved_at        timestamptz,
  posting_id         uuid unique   references billing.posting,
  constraint refund_request_four_eyes check (approved_by <> requested_by),
  constraint refund_request_approved check ((approved_by is null) = (approved_at is null) and (approved_by is null) = (approved_by_name is null)),
  constraint refund_request_posted check ((state = 'posted') = (approved_by is not null) and (state = 'posted') = (posting_id is not null))
);
create unique index refund_request_waiting on billing.refund_request (account_id) where state = 'requested';
select platform.attach_audit('billing.refund_request');
