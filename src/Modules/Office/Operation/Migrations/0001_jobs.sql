-- Quartz makes its own tables here and owns them (its tool for that adds what is missing and never alters what is there).
create schema if not exists quartz;

-- Runs of jobs. The row is stored in the transaction that stores the run's message: whoever fires the same time again finds it and does nothing.
-- It stays readable when the bus has forgotten the run's messages.
create table operation.job_run (
  id              uuid        primary key,                              -- made of job and fire time
  job             text        not null collate "C",
  fire_time       timestamptz not null,                                 -- the time it is meant for; by hand: when somebody asked
  asked_by        text,                                                 -- the person who asked for it; null: the schedule
  started_at      timestamptz not null default clock_timestamp(),
  correlation_id  uuid        not null,                                 -- of the message and all that follows from it
  state           text        not null default 'open' check (state in ('open', 'done', 'failed', 'given_up')),
  ended_at        timestamptz,
  error           text,                                                 -- first line of what failed
  findings        jsonb,                                                -- what the run reported: [{"subject", "ok", "detail"}]
  unique (job, fire_time),
  check ((state = 'open') = (ended_at is null))
);
create index job_run_latest on operation.job_run (job, started_at desc);
create index job_run_unsettled on operation.job_run (started_at) where state in ('open', 'failed');  -- a failed run ends otherwise when its dead letter is replayed or discarded
