-- Streams of facts, as Marten keeps them; a test compares the tables with those that Marten would make. What was appended is final.
create table events.mt_streams (
  id                uuid not null constraint pkey_mt_streams_id primary key,
  type              varchar,
  version           bigint,
  timestamp         timestamptz not null default now(),
  created           timestamptz not null default now(),
  tenant_id         varchar default '*DEFAULT*',
  compacted_version bigint not null default 0,
  is_archived       boolean default false
);
create table events.mt_events (
  seq_id         bigint not null constraint pkey_mt_events_seq_id primary key,
  id             uuid not null,
  stream_id      uuid constraint fkey_mt_events_stream_id references events.mt_streams on delete cascade,
  version        bigint not null,
  data           jsonb not null,
  bdata          bytea,
  type           varchar(500) not null,
  timestamp      timestamptz not null default now(),
  tenant_id      varchar default '*DEFAULT*',
  mt_dotnet_type varchar,
  correlation_id varchar,
  causation_id   varchar,
  user_name      varchar,
  is_archived    boolean default false
);
create unique index pk_mt_events_stream_and_version on events.mt_events (stream_id, version);
create sequence events.mt_events_sequence owned by events.mt_events.seq_id;

create function events.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on %.% is refused: what happened is final', tg_op, tg_table_schema, tg_table_name
    using errcode = 'AS001', hint = 'What was decided is changed by a further decision, never by changing the record of it.';
end $$;
create trigger append_only before update or delete on events.mt_events for each row execute function events.refuse_change();
create trigger append_only_truncate before truncate on events.mt_events for each statement execute function events.refuse_change();
create trigger append_only before delete on events.mt_streams for each row execute function events.refuse_change();
create trigger append_only_truncate before truncate on events.mt_streams for each statement execute function events.refuse_change();
