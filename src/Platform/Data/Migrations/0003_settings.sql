-- Who acts in the running transaction, as the bus told it; the audit trail names the same.
create function platform.acting_user() returns text language sql stable as
  $$ select coalesce(nullif(current_setting('association.user_name', true), ''), 'System') $$;
create function platform.acting_user_id() returns uuid language sql stable as
  $$ select nullif(current_setting('association.user_id', true), '')::uuid $$;

-- What the office decided for itself: limits, days, fees. Every version stays, with who saved it.
create table platform.office_rules (
  version        int primary key check (version > 0),
  rules          jsonb       not null,
  changed_at     timestamptz not null default now(),
  changed_by     text        not null default platform.acting_user(),
  changed_by_id  uuid                 default platform.acting_user_id()  -- null: the system, or the command line
);
select platform.make_append_only('platform.office_rules');
select platform.attach_audit('platform.office_rules', 'version');
