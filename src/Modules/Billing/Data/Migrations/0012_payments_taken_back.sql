-- A payment is taken back by an entry of its own that names it; reverses_id is unique, so once. What else holds is told in Functions/seal_payments.sql.
alter table billing.posting
  drop constraint posting_kind_check,
  add constraint posting_kind_check check (kind in
    ('invoice', 'cancellation', 'payment', 'payment_reversal', 'set_off', 'refund', 'opening', 'opening_undo', 'waiver', 'write_off', 'reversal')),
  drop constraint posting_reversal,
  add constraint posting_reversal check ((kind in ('reversal', 'payment_reversal')) = (reverses_id is not null));
