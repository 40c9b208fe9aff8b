-- Imports of member lists: the uploaded file while somebody works on it, what every import changed, and the mappings it learned.

-- An upload on its way from file to import; survives a restart, belongs to one person, and is gone after some days.
create table membership.import_draft (
  id           uuid primary key,
  file_name    text        not null check (length(file_name) between 1 and 200),
  bytes        bytea       not null,
  columns      jsonb       not null default '{}',   -- header or letter -> field, as chosen by the person
  categories   jsonb       not null default '{}',   -- word -> category code
  cells        jsonb       not null default '{}',   -- cell (N22) -> what it should say
  own_members  int[]       not null default '{}',   -- rows that look like duplicates and are none
  owner        uuid        not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  import_id    uuid                                  -- set once it was imported: the last step shows the result
);
alter table membership.import_draft alter column bytes set storage external; -- workbooks are compressed already
create index import_draft_expiring on membership.import_draft (expires_at);

-- What a person said about a list of this shape, for the next one.
create table membership.import_mapping (
  fingerprint  text        primary key,
  columns      jsonb       not null,
  categories   jsonb       not null,
  learned_at   timestamptz not null,
  learned_by   text        not null
);

create table membership.import (
  id                 uuid        primary key,
  file_id            uuid        not null references platform.archive_file,
  file_name          text        not null,
  sheet              text        not null,
  as_of              date        not null,           -- the date that the list's counts are as of
  accepted_for_year  int         not null,           -- the dues year for which importing accepted them
  rows               int         not null,
  created            int         not null,
  changed            int         not null,
  unchanged          int         not null,
  duplicates         int         not null,
  refused            int         not null,
  ignored            int         not null,
  imported_at        timestamptz not null,
  imported_by        uuid,
  imported_by_name   text        not null,
  undone_at          timestamptz,
  undone_by_name     text,
  constraint import_undone check ((undone_at is null) = (undone_by_name is null))
);
create index import_latest on membership.import (imported_at desc);
select platform.attach_audit('membership.import');

-- One member that an import created or changed: how it stood before, how after. Undoing compares the latter with how it stands now.
create table membership.import_member (
  import_id  uuid  not null references membership.import,
  member_id  uuid  not null,                         -- no reference: an undone member is gone
  row        int   not null check (row > 0),
  changes    jsonb not null,                         -- [{field, detail, old, new}] as a person reads them
  before     jsonb,                                  -- null: the import created the member
  after      jsonb not null,
  primary key (import_id, member_id)
);
create index import_member_of on membership.import_member (member_id);

-- Everything about a member that a list can change, in one value.
create function membership.member_state(member uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'member',    to_jsonb(m) - 'search_text' - 'search_words',
    'contacts',  coalesce((select jsonb_agg(to_jsonb(c) - 'search_text' order by c.id) from membership.contact c where c.member_id = m.id), '[]'),
    'functions', coalesce((select jsonb_agg(to_jsonb(f) order by f.id) from membership.contact_function f where f.member_id = m.id), '[]'),
    'inputs',    coalesce((select jsonb_agg(to_jsonb(i) order by i.id) from membership.input_value i where i.member_id = m.id), '[]'),
    'dues',      coalesce((select jsonb_agg(to_jsonb(d) order by d.year) from membership.prior_dues d where d.member_id = m.id), '[]'))
    from membership.member m where m.id = member
$$;
