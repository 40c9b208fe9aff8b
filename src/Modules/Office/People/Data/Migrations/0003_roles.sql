-- What the administrator of this installation changed about who may what; without a row the modules' own word holds.
create table identity.role_permission (
  id         text primary key,            -- role:permission
  role       text        not null check (role in ('office', 'board')), -- what an administrator may is not changed: never members, never money
  permission text        not null check (permission <> ''),
  held       boolean     not null,
  changed_at timestamptz not null,
  unique (role, permission)
);
select platform.attach_audit('identity.role_permission', 'id');

-- Who approves for somebody of the board, from a day to a day.
create table identity.deputy (
  id         uuid primary key,
  board_id   uuid        not null references identity.person on delete cascade,
  deputy_id  uuid        not null references identity.person on delete cascade,
  from_day   date        not null,
  until_day  date        not null,
  named_by   text        not null,
  named_at   timestamptz not null,
  ended_at   timestamptz,
  constraint deputy_is_another check (board_id <> deputy_id),
  constraint deputy_days check (until_day >= from_day),
  constraint deputy_one_at_a_time exclude using gist (board_id with =, daterange(from_day, until_day, '[]') with &&) where (ended_at is null)
);
create index deputy_person on identity.deputy (deputy_id) where ended_at is null;
select platform.attach_audit('identity.deputy', 'id');
