-- Who paused which job. Hangfire has no notion of it, and a pause must outlive its schedule.
create table operation.job_pause (
  job         text        primary key collate "C",
  paused_by   text        not null,                                     -- the person's name; empty when nobody knows any more
  paused_at   timestamptz not null,
  resumed_at  timestamptz check (resumed_at >= paused_at)               -- no regular time up to then counts; null: the job rests
);

-- Quartz fired before. Its times are ticks of 100 nanoseconds since the year 1; its other tables hold nothing that counts.
do $$
begin
  if to_regclass('quartz.qrtz_triggers') is not null then
    insert into operation.job_pause (job, paused_by, paused_at)
    select trigger_name, coalesce(paused_by, ''), coalesce(timestamptz '0001-01-01 00:00:00+00' + make_interval(secs => paused_at / 10000000.0), now())
      from quartz.qrtz_triggers where trigger_group = 'association' and trigger_state in ('PAUSED', 'PAUSED_BLOCKED')
    on conflict do nothing;
  end if;
end $$;
drop schema if exists quartz cascade;
