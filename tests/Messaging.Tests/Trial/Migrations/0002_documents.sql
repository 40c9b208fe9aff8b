-- What Marten keeps for the trial module; a test compares it with what Marten would make.
create table trial.mt_streams (
  id                uuid not null constraint pkey_mt_streams_id primary key,
  type              varchar,
  version           bigint,
  timestamp         timestamptz not null default now(),
  created           timestamptz not null default now(),
  tenant_id         varchar default '*DEFAULT*',
  compacted_version bigint not null default 0,
  is_archived       boolean default false
);
create table trial.mt_events (
  seq_id         bigint not null constraint pkey_mt_events_seq_id primary key,
  id             uuid not null,
  stream_id      uuid constraint fkey_mt_events_stream_id references trial.mt_streams on delete cascade,
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
create unique index pk_mt_events_stream_and_version on trial.mt_events (stream_id, version);
create sequence trial.mt_events_sequence owned by trial.mt_events.seq_id;

create table trial.mt_doc_folder (
  id               uuid not null constraint pkey_mt_doc_folder_id primary key,
  data             jsonb not null,
  mt_last_modified timestamptz default transaction_timestamp(),
  mt_dotnet_type   varchar,
  mt_version       bigint not null default 0
);
create table trial.mt_doc_slipcopy (
  id               uuid not null constraint pkey_mt_doc_slipcopy_id primary key,
  data             jsonb not null,
  mt_last_modified timestamptz default transaction_timestamp(),
  mt_version       uuid not null default md5(random()::text || clock_timestamp()::text)::uuid,
  mt_dotnet_type   varchar
);
