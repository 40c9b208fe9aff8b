-- Messages between modules. A row of messaging.message is one message for one queue (a queue per handler) that is not
-- finished yet; finishing deletes it and leaves a slim row in messaging.handled or a full one in messaging.dead_letter,
-- so that claiming never reads past what was done long ago.
create sequence messaging.message_seq cache 1; -- no cache: inside a group the order of seq is the order of commit

create table messaging.message (
  id              uuid        not null,
  queue           text        not null collate "C",
  seq             bigint      not null default nextval('messaging.message_seq'),
  name            text        not null,                 -- the message's stable name, never the .NET type
  body            jsonb       not null,
  group_key       text        collate "C",              -- one after the other within (queue, group_key); null: no order
  due_at          timestamptz not null default now(),   -- not claimed before: sending, schedule or retry
  attempts        int         not null default 0,       -- how often the handler failed
  interruptions   int         not null default 0,       -- how often a claim ended by a lease that ran out
  leased_until    timestamptz,                          -- null: nobody has it. In no index, so that claiming is a HOT update
  lease           uuid,                                 -- the claim that has it; finishing is refused to any other
  correlation_id  uuid        not null,
  causation_id    uuid,
  user_id         uuid,
  user_name       text,
  trace_parent    text,
  last_error      text,
  sent_at         timestamptz not null default now(),
  primary key (id, queue),
  check ((leased_until is null) = (lease is null))
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0.0, autovacuum_analyze_threshold = 5000);

create index message_due on messaging.message (queue, due_at, seq) where group_key is null;
create index message_group on messaging.message (queue, group_key, seq) where group_key is not null;
create index message_correlation on messaging.message (correlation_id);

-- The memory of what was handled: for days, then deleted in bounded batches.
create table messaging.handled (
  id              uuid        not null,
  queue           text        not null collate "C",
  name            text        not null,
  outcome         text        not null default 'handled' check (outcome in ('handled', 'discarded')),
  attempts        int         not null,
  correlation_id  uuid        not null,
  handled_at      timestamptz not null default clock_timestamp(),
  primary key (id, queue)
);
create index handled_at on messaging.handled (handled_at);

-- What failed for good, to be replayed or discarded by hand. A discarded row stays, with the reason.
create table messaging.dead_letter (
  id              uuid        not null,
  queue           text        not null collate "C",
  name            text        not null,
  body            jsonb       not null,
  group_key       text,
  attempts        int         not null,
  correlation_id  uuid        not null,
  causation_id    uuid,
  user_id         uuid,
  user_name       text,
  trace_parent    text,
  sent_at         timestamptz not null,
  failed_at       timestamptz not null default clock_timestamp(),
  exception_type  text        not null,
  exception_text  text        not null,
  discarded_at    timestamptz,
  discarded_by    text,
  discard_reason  text,
  primary key (id, queue),
  check ((discarded_at is null) = (discard_reason is null))
);
create index dead_letter_open on messaging.dead_letter (failed_at, id) where discarded_at is null;
create index dead_letter_correlation on messaging.dead_letter (correlation_id);

-- A queue that a person paused; its rows stay untouched.
create table messaging.paused_queue (
  queue      text        primary key,
  paused_at  timestamptz not null default now(),
  paused_by  text        not null
);
