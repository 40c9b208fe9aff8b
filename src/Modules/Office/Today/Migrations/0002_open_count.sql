-- How many tasks were open for a person when they were last counted. The number stands on every page; counting asks every module, which costs too much there.
create table today.open_count (
  person_id  uuid        primary key,
  open       int         not null check (open >= 0),
  counted_at timestamptz not null
);
