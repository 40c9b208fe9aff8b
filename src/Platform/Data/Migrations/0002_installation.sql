-- What this database is: a demo with people whose passwords everybody knows, or an office of its own.
create table platform.installation (
  only_one        boolean primary key default true check (only_one),
  kind            text        not null check (kind in ('demo', 'own')),
  demo_data       text        not null check (demo_data in ('none', 'wished', 'added')),  -- a killed start goes on with what was wished
  created_at      timestamptz not null default now(),
  initialised_at  timestamptz                                                             -- null while the first start is still writing
);
