-- What the office plans of an event: a document, as Marten keeps it; a test compares the table with the one that Marten would make.
create table events.mt_doc_eventplan (
  id               uuid not null constraint pkey_mt_doc_eventplan_id primary key,
  data             jsonb not null,
  mt_last_modified timestamptz default transaction_timestamp(),
  mt_dotnet_type   varchar,
  mt_version       int not null default 0,
  number           int not null,
  slug             varchar not null,
  kind             varchar not null,
  stage            varchar not null,
  visibility       varchar not null,
  titlede         varchar not null,
  starts           timestamp not null,
  ends             timestamp not null
);
create unique index mt_doc_eventplan_idx_number on events.mt_doc_eventplan (number);
create unique index mt_doc_eventplan_idx_slug on events.mt_doc_eventplan (slug);
create index mt_doc_eventplan_idx_kind on events.mt_doc_eventplan (kind);
create index mt_doc_eventplan_idx_stage on events.mt_doc_eventplan (stage);
create index mt_doc_eventplan_idx_visibility on events.mt_doc_eventplan (visibility);
create index mt_doc_eventplan_idx_titlede on events.mt_doc_eventplan (titlede);
create index mt_doc_eventplan_idx_starts on events.mt_doc_eventplan (starts);
create index mt_doc_eventplan_idx_ends on events.mt_doc_eventplan (ends);
create sequence events.event_number as int;
select platform.attach_audit('events.mt_doc_eventplan', 'number', 'id,data,mt_last_modified,mt_dotnet_type');

-- It ends behind its start. A public address is final, an event that the public knew of stays, and a cancelled one does not come back.
create function events.refuse_plan_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.stage <> 'Draft' then
    raise exception 'event % was published and stays', old.number using errcode = 'AS001', hint = 'Cancel it: its page and its calendar entry say so.';
  elsif tg_op = 'UPDATE' and (new.id, new.number) <> (old.id, old.number) then
    raise exception 'event % keeps its number', old.number using errcode = 'AS001';
  elsif tg_op = 'UPDATE' and old.stage <> 'Draft' and (new.stage = 'Draft' or new.slug <> old.slug) then
    raise exception 'event % was published: its address is final', old.number using errcode = 'AS001';
  elsif tg_op = 'UPDATE' and old.stage = 'Cancelled' and new.stage <> 'Cancelled' then
    raise exception 'event % is cancelled for good', old.number using errcode = 'AS001', hint = 'Copy it to a new one.';
  elsif tg_op <> 'DELETE' and new.ends <= new.starts then
    raise exception 'event % ends before it starts', new.number using errcode = 'AS001';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep_published before insert or update or delete on events.mt_doc_eventplan for each row execute function events.refuse_plan_change();
create trigger keep_published_truncate before truncate on events.mt_doc_eventplan for each statement execute function events.refuse_change();
