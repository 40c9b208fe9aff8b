-- On which days a person gets Heute by mail. Without a row the default of the role holds; an empty list means never.
-- What was mailed needs no table here: the purpose of a mail is unique, and it names person and day.
create table today.digest_days (
  person_id   uuid        primary key,
  days        smallint[]  not null check (days <@ array[1, 2, 3, 4, 5]::smallint[]),   -- Monday is 1
  changed_at  timestamptz not null
);
select platform.attach_audit('today.digest_days', 'person_id');
