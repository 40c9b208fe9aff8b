-- Roles whose people need more than a password. Without a row the role does as before.
create table identity.role_second_factor (
  role        text        primary key check (role in ('office', 'board', 'administrator')),
  required_at timestamptz not null
);
select platform.attach_audit('identity.role_second_factor', 'role');

-- Whether the person showed more than a password: a code of the app, a recovery code or a passkey.
alter table identity.session add two_factors boolean not null default false;
update identity.session s set two_factors = true from identity.person p where p.id = s.person_id and p.two_factor_enabled;
