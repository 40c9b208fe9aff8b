-- Views of a list: its filter, order and columns under a name, for one person or for the office.
create table platform.saved_view (
  id          uuid primary key,
  list        text        not null check (list ~ '^[a-z]+\.[a-z-]+$'),                                  -- membership.members, …
  name        text        not null check (name = btrim(name) and length(name) between 1 and 60),
  query       text        not null check (length(query) <= 2000 and query !~ '[[:cntrl:]]'),            -- as it stands in the address, without „?“
  owner_id    uuid        not null,
  owner_name  text        not null,
  shared      boolean     not null default false,
  created_at  timestamptz not null default now(),
  deleted_at  timestamptz                                                                               -- can be brought back for thirty days
);
create unique index saved_view_of_person on platform.saved_view (list, owner_id, lower(name)) where deleted_at is null and not shared;
create unique index saved_view_of_office on platform.saved_view (list, lower(name)) where deleted_at is null and shared;
select platform.attach_audit('platform.saved_view');

-- What a person sees first when opening a list.
create table platform.default_view (
  owner_id  uuid not null,
  list      text not null,
  view_id   uuid not null references platform.saved_view on delete cascade,
  primary key (owner_id, list)
);
