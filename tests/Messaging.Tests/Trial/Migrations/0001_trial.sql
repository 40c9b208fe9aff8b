create table trial.effect (
  id       uuid primary key,
  queue    text not null,
  subject  text not null,
  at       bigint generated always as identity,
  written_at timestamptz not null default clock_timestamp(),
  by_name  text not null default current_setting('association.user_name', true)
);
create table trial.thing (id uuid primary key, name text not null unique, size int not null default 0);
