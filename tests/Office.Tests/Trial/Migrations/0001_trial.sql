-- What the trial jobs left behind; nothing here prevents a second time.
create table trial.effect (
  id          bigint generated always as identity primary key,
  job         text        not null,
  run         uuid        not null,
  fire_time   timestamptz not null,
  day         date        not null
);
-- Jobs whose handler fails while the row stands here.
create table trial.broken (job text primary key);
