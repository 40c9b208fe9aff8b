-- Wolverine delivers the messages (docs/decisions/0020-wolverine-delivers.md). Its tables are those that WolverineFx 6.62 would make for itself,
-- written down here because nothing alters tables at run time; a test compares.
alter table messaging.message rename to message_before;
alter table messaging.handled rename to handled_before;
alter table messaging.dead_letter rename to dead_letter_before;

create table messaging.wolverine_agent_restrictions (
  id uuid not null,
  uri varchar not null,
  type varchar not null,
  node integer default 0 not null,
  constraint pkey_wolverine_agent_restrictions_id primary key (id)
);

create table messaging.wolverine_control_queue (
  id uuid not null,
  message_type varchar not null,
  node_id uuid not null,
  body bytea not null,
  posted timestamptz default now() not null,
  expires timestamptz,
  constraint pkey_wolverine_control_queue_id primary key (id)
);

create table messaging.wolverine_dead_letter_history (
  id uuid not null,
  replay_count integer,
  last_replayed_at timestamptz,
  first_failed_at timestamptz,
  constraint pkey_wolverine_dead_letter_history_id primary key (id)
);

create table messaging.wolverine_dead_letters (
  id uuid not null,
  execution_time timestamptz,
  body bytea not null,
  message_type varchar not null,
  received_at varchar not null,
  source varchar,
  exception_type varchar,
  exception_message varchar,
  sent_at timestamptz,
  replayable boolean,
  failure_group varchar(100),
  failure_title varchar(500),
  failed_at timestamptz,
  first_failed_at timestamptz,
  replay_count integer,
  last_replayed_at timestamptz,
  archived_at timestamptz,
  constraint pkey_wolverine_dead_letters_id_received_at primary key (id, received_at)
);

create table messaging.wolverine_incoming_envelopes (
  id uuid not null,
  status varchar not null,
  owner_id integer not null,
  execution_time timestamptz,
  attempts integer default 0,
  body bytea not null,
  message_type varchar not null,
  received_at varchar not null,
  keep_until timestamptz,
  constraint pkey_wolverine_incoming_envelopes_id_received_at primary key (id, received_at)
);

create table messaging.wolverine_node_records (
  id serial,
  node_number integer not null,
  event_name varchar not null,
  "timestamp" timestamptz default now() not null,
  description varchar,
  constraint pkey_wolverine_node_records_id primary key (id)
);

create table messaging.wolverine_nodes (
  id uuid not null,
  node_number serial,
  description varchar not null,
  uri varchar not null,
  started timestamptz default now() not null,
  health_check timestamptz default now() not null,
  version varchar,
  capabilities text[],
  constraint pkey_wolverine_nodes_id primary key (id)
);

create table messaging.wolverine_outgoing_envelopes (
  id uuid not null,
  owner_id integer not null,
  destination varchar not null,
  deliver_by timestamptz,
  body bytea not null,
  attempts integer default 0,
  message_type varchar not null,
  constraint pkey_wolverine_outgoing_envelopes_id primary key (id)
);

create table messaging.wolverine_node_assignments (
  id varchar not null,
  node_id uuid,
  started timestamptz default now() not null,
  constraint pkey_wolverine_node_assignments_id primary key (id),
  constraint fkey_wolverine_node_assignments_node_id foreign key (node_id) references messaging.wolverine_nodes(id) on delete cascade
);

create index idx_wolverine_dead_letter_history_last_replayed_at on messaging.wolverine_dead_letter_history (last_replayed_at);

create index idx_wolverine_dead_letters_failure_group on messaging.wolverine_dead_letters (failure_group);

create index idx_wolverine_dead_letters_replayable on messaging.wolverine_dead_letters (replayable) where replayable = true;

create index idx_wolverine_incoming_envelopes_keep_until on messaging.wolverine_incoming_envelopes (keep_until) where status = 'Handled';

create index idx_wolverine_incoming_envelopes_owner on messaging.wolverine_incoming_envelopes (owner_id) where owner_id <> 0;

create index idx_wolverine_incoming_envelopes_recover on messaging.wolverine_incoming_envelopes (received_at) where status = 'Incoming' and owner_id = 0;

create index idx_wolverine_incoming_envelopes_scheduled on messaging.wolverine_incoming_envelopes (execution_time) where status = 'Scheduled';

create index idx_wolverine_outgoing_envelopes_owner on messaging.wolverine_outgoing_envelopes (owner_id) where owner_id <> 0;

create index idx_wolverine_outgoing_envelopes_recover on messaging.wolverine_outgoing_envelopes (destination) where owner_id = 0;

-- How Wolverine calls a queue of ours.
create function messaging.address_of(queue text) returns text language sql immutable parallel safe return 'local://' || replace(queue, '/', '.') || '/';

-- What no bus keeps: of each message in each queue who caused it, how often it began and failed, and that it ended. The handler's own transaction
-- sets ended_at; only one can, so the effects of a message happen once, whoever delivers it how often.
create table messaging.trail (
  id              uuid        not null,
  queue           text        not null collate "C",
  name            text        not null,                            -- the message's stable name, never the .NET type
  body            json,                                            -- for people to read; gone once it is handled
  correlation_id  uuid        not null,
  causation_id    uuid,
  user_id         uuid,
  user_name       text,
  trace_parent    text,
  sent_at         timestamptz not null default clock_timestamp(),
  starts          int         not null default 0,                  -- begun since the last end of any kind, after it was stored away
  failures        int         not null default 0,
  failed_at       timestamptz,
  error_type      text,
  error_text      text,
  ended_at        timestamptz,
  discarded_by    text,
  discard_reason  text,
  primary key (id, queue),
  check ((discarded_by is null) = (discard_reason is null)),
  check (discarded_by is null or ended_at is not null)
) with (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0.0, autovacuum_analyze_threshold = 5000);
create index trail_correlation on messaging.trail (correlation_id);
create index trail_ended on messaging.trail using brin (ended_at) with (pages_per_range = 16, autosummarize = on);
create index trail_discarded on messaging.trail (failed_at, id) where discarded_by is not null;

alter table messaging.wolverine_incoming_envelopes
  set (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0.0, autovacuum_analyze_threshold = 5000);

-- What the release before stored goes on. Its envelopes, which SQL cannot write, are made at the first start (FormerStore).
create table messaging.former_message (
  id     uuid not null,
  queue  text not null,
  name   text not null,
  body   json not null,
  due_at timestamptz,
  dead   boolean not null,
  primary key (id, queue)
);
insert into messaging.former_message (id, queue, name, body, due_at, dead)
select id, queue, name, body, due_at, false from messaging.message_before
union all
select id, queue, name, body, null, true from messaging.dead_letter_before where discarded_at is null;

insert into messaging.trail (id, queue, name, body, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at, failures, failed_at, error_type, error_text,
                             ended_at, discarded_by, discard_reason)
select id, queue, name, body, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at, attempts, null, null, last_error, null, null, null
  from messaging.message_before
union all
select id, queue, name, body, correlation_id, causation_id, user_id, user_name, trace_parent, sent_at, attempts, failed_at, exception_type, exception_text,
       discarded_at, discarded_by, discard_reason
  from messaging.dead_letter_before
union all
select id, queue, name, null, correlation_id, null, null, null, null, handled_at, attempts, null, null, null, handled_at, null, null
  from messaging.handled_before;

drop function messaging.claim(text, int, timestamptz, text, text);
drop table messaging.message_before, messaging.dead_letter_before, messaging.handled_before;
drop sequence if exists messaging.message_seq;

-- What is stored and not ended: due, being handled, waiting for its time or for another try.
create view messaging.message as
select e.id, coalesce(t.queue, substr(e.received_at, 9, length(e.received_at) - 9)) as queue, coalesce(t.name, e.message_type) as name, t.body,
       coalesce(e.execution_time, t.sent_at) as due_at, coalesce(t.failures, 0) as attempts, t.correlation_id, t.causation_id, t.user_id, t.user_name,
       t.error_text as last_error, t.sent_at, e.owner_id,
       -- A row that a handler's transaction has deleted carries its number in xmax.
       e.xmax <> 0 and messaging.fate_of(e.xmax) = 'in progress' as running
  from messaging.wolverine_incoming_envelopes e
  left join messaging.trail t on t.id = e.id and messaging.address_of(t.queue) = e.received_at
 where e.status <> 'Handled';

-- What was handled, for as long as it is remembered.
create view messaging.handled as
select id, queue, name, failures as attempts, correlation_id, ended_at as handled_at from messaging.trail where ended_at is not null and discarded_by is null;

-- What failed for good: to be replayed or discarded by a person, or discarded already.
create view messaging.dead_letter as
select d.id, coalesce(t.queue, substr(d.received_at, 9, length(d.received_at) - 9)) as queue, coalesce(t.name, d.message_type) as name, t.body,
       greatest(coalesce(t.failures, 0), 1) as attempts, t.correlation_id, t.user_name, coalesce(t.sent_at, d.sent_at) as sent_at,
       coalesce(t.failed_at, d.failed_at, d.sent_at) as failed_at, coalesce(t.error_type, d.exception_type) as exception_type,
       coalesce(t.error_text, d.exception_message) as exception_text, null::timestamptz as discarded_at, null::text as discarded_by, null::text as discard_reason
  from messaging.wolverine_dead_letters d
  left join messaging.trail t on t.id = d.id and messaging.address_of(t.queue) = d.received_at
union all
select id, queue, name, body, greatest(failures, 1), correlation_id, user_name, sent_at, coalesce(failed_at, ended_at), error_type, error_text, ended_at, discarded_by, discard_reason
  from messaging.trail where discarded_by is not null;
