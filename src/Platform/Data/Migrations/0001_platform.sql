-- What every module needs and none owns: audit trail, long work, form tokens, data protection keys, archive of issued files.
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

-- Books are append-only: attach this to a table and the database itself refuses to change or remove a row.
create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on %.% is refused: its rows are final', tg_op, tg_table_schema, tg_table_name
    using errcode = 'AS001';
end $$;

create function platform.make_append_only(book regclass) returns void language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function platform.refuse_change()', book);
  execute format('create trigger append_only_truncate before truncate on %s for each statement execute function platform.refuse_change()', book);
end $$;

-- Audit: one generic trigger, so that SQL and COPY paths cannot bypass it. The acting user is set per transaction
-- (association.user_id, association.user_name); without it the row says who connected.
create table platform.audit_entry (
  id          bigint generated always as identity primary key,
  at          timestamptz not null default clock_timestamp(),
  table_name  text        not null,           -- schema.table
  row_id      text        not null,           -- the row's primary key, in text
  operation   text        not null check (operation in ('insert', 'update', 'delete')),
  user_id     uuid,
  user_name   text        not null,
  reason      text,
  changes     jsonb       not null            -- column -> [old, new]; of an insert [null, new], of a delete [old, null]
);
create index audit_entry_row on platform.audit_entry (table_name, row_id, id);
select platform.make_append_only('platform.audit_entry');

create function platform.audit() returns trigger language plpgsql as $$
declare
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  after  jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  diff   jsonb;
  key    text := coalesce(tg_argv[0], 'id');
begin
  select coalesce(jsonb_object_agg(c.column_name, jsonb_build_array(before -> c.column_name, after -> c.column_name)), '{}'::jsonb)
    into diff
    from (select jsonb_object_keys(before || after) as column_name) c
   where (before -> c.column_name) is distinct from (after -> c.column_name)
     and not (c.column_name = any (string_to_array(coalesce(tg_argv[1], ''), ',')));
  if diff = '{}'::jsonb then return null; end if;
  insert into platform.audit_entry (table_name, row_id, operation, user_id, user_name, reason, changes)
  values (tg_table_schema || '.' || tg_table_name, coalesce(after ->> key, before ->> key), lower(tg_op),
          nullif(current_setting('association.user_id', true), '')::uuid,
          coalesce(nullif(current_setting('association.user_name', true), ''), session_user),
          nullif(current_setting('association.reason', true), ''), diff);
  return null;
end $$;

-- audited: the table; key: its primary key column; unlogged: columns that change without meaning (search vectors)
create function platform.attach_audit(audited regclass, key text default 'id', unlogged text default '') returns void language plpgsql as $$
begin
  execute format('create trigger audit after insert or update or delete on %s for each row execute function platform.audit(%L, %L)', audited, key, unlogged);
end $$;

-- A form's token is used once: a double click or a reload records nothing twice.
create table platform.used_form_token (
  token      uuid primary key,
  used_at    timestamptz not null default now()
);

-- Long work: what, by whom, how far; incremented in each chunk's own transaction.
create table platform.long_work (
  id             uuid primary key,
  kind           text        not null,            -- membership.dues-run, …
  subject        text        not null,            -- what a person calls it
  link           text        not null,            -- the page that shows it
  total          int         not null check (total >= 0),
  done           int         not null default 0 check (done >= 0),
  failed         int         not null default 0 check (failed >= 0),
  started_by     text        not null,
  started_at     timestamptz not null default now(),
  finished_at    timestamptz,
  cancel_wished  boolean     not null default false
);
create table platform.long_work_error (
  id         bigint generated always as identity primary key,
  work_id    uuid not null references platform.long_work,
  at         timestamptz not null default now(),
  subject    text not null,
  reason     text not null
);

-- Files that were issued or received: bytes and digest, never changed, never removed. One backup holds everything.
create table platform.archive_file (
  id          uuid primary key,
  name        text        not null,
  media_type  text        not null,
  bytes       bytea       not null,
  sha256      bytea       not null check (sha256 = sha256(bytes)),
  archived_at timestamptz not null default now()
);
alter table platform.archive_file alter column bytes set storage external; -- PDF and XLSX are compressed already
select platform.make_append_only('platform.archive_file');

-- Keys of cookies and antiforgery, so that every host reads what another wrote.
create table platform.data_protection_key (
  id    int generated always as identity primary key,
  name  text not null,
  xml   text not null
);

-- The association itself; every version stays, because issued documents name theirs.
create table platform.association_profile (
  version     int primary key check (version > 0),
  profile     jsonb       not null,
  changed_at  timestamptz not null default now()
);
select platform.make_append_only('platform.association_profile');
select platform.attach_audit('platform.association_profile', 'version');
