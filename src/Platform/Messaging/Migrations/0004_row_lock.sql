-- A claim is the row lock of the handler's own transaction, no longer a lease: it costs no write of its own, and it ends in the very
-- moment in which the process that has it ends.
drop function messaging.finish(uuid, text, uuid);
drop function messaging.finish_page(uuid[], text, uuid[]);
alter table messaging.message drop column lease, drop column leased_until;
alter table messaging.message set (fillfactor = 90);
comment on column messaging.message.interruptions is 'how often a handler''s transaction ended without a commit, a failure or a release';

-- Kept as it was written, and not taken apart at every insert: nothing searches in a body.
alter table messaging.message alter column body type json using body::json;
alter table messaging.dead_letter alter column body type json using body::json;

-- Rows come in the order of time and are read by ranges of time: an index of block ranges costs next to nothing.
drop index messaging.handled_at;
create index handled_at on messaging.handled using brin (handled_at) with (pages_per_range = 16, autosummarize = on);

-- What became of a transaction: 'in progress', 'committed', 'aborted'. The system column xmax of a visible row is the transaction that
-- last locked it or tried to delete it. It has only the lower 32 bits of the number; less than 2^31 transactions lie between it and now.
create function messaging.fate_of(holder xid) returns text language sql volatile as $$
  select pg_xact_status((next - behind + case when behind >= 2147483648 then 4294967296 else 0 end)::text::xid8)
    from (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next) as now,
         lateral (select (next - holder::text::bigint) & 4294967295 as behind) as distance
$$;

-- Locks the next messages of a queue for the running transaction: those without a group in the order in which they are due, and of each
-- group the first that is not finished. Fresh, due, retried and orphaned rows take this one path.
-- torn: the last transaction that had the row was aborted; its process ended, or its connection. (One that gives a message back, retries
-- it or buries it commits.)
-- Of messages that were torn only one is handled at a time, on all hosts together (the advisory lock): the one that ends its process takes no
-- other suspect with it, so the innocent ones get through and it alone is torn again and again, until it is parked.
-- The planner gets no choice: a plan made while the table was empty must still be right for a backlog of a million rows.
create function messaging.claim(from_queue text, up_to int, since timestamptz, after_group text, silence text)
returns table (place text, torn boolean, id uuid, name text, body text, group_key text, attempts int, interruptions int,
               correlation_id uuid, user_id uuid, user_name text, trace_parent text, due_at timestamptz)
language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
as $$
declare
  found_rows int := 0;
  holder xid;
begin
  if exists (select from messaging.paused_queue p where p.queue = from_queue) then return; end if;
  for place, holder, id, name, body, group_key, attempts, interruptions, correlation_id, user_id, user_name, trace_parent, due_at in
    select m.ctid::text, m.xmax, m.id, m.name, m.body::text, m.group_key, m.attempts, m.interruptions, m.correlation_id, m.user_id, m.user_name, m.trace_parent, m.due_at
      from messaging.message m
     where m.queue = from_queue and m.group_key is null and m.due_at >= since and m.due_at <= now() and (m.interruptions = 0 or pg_try_advisory_xact_lock(7077))
     order by m.due_at, m.seq limit up_to for update skip locked
  loop
    found_rows := found_rows + 1;
    torn := holder <> 0 and messaging.fate_of(holder) = 'aborted'; -- asked only about rows that are ours now
    return next;
  end loop;
  if found_rows < up_to then
    for place, holder, id, name, body, group_key, attempts, interruptions, correlation_id, user_id, user_name, trace_parent, due_at in
      with recursive head as (
        (select h.id, h.group_key from messaging.message h where h.queue = from_queue and h.group_key > after_group order by h.group_key, h.seq limit 1)
        union all
        select next.id, next.group_key from head cross join lateral
          (select h.id, h.group_key from messaging.message h where h.queue = from_queue and h.group_key > head.group_key order by h.group_key, h.seq limit 1) next
      )
      select m.ctid::text, m.xmax, m.id, m.name, m.body::text, m.group_key, m.attempts, m.interruptions, m.correlation_id, m.user_id, m.user_name, m.trace_parent, m.due_at
        from head join messaging.message m on m.id = head.id and m.queue = from_queue
       where m.due_at <= now() and (m.interruptions = 0 or pg_try_advisory_xact_lock(7077))
       limit up_to - found_rows for update of m skip locked
    loop
      found_rows := found_rows + 1;
      torn := holder <> 0 and messaging.fate_of(holder) = 'aborted';
      return next;
    end loop;
  end if;
  if found_rows > 0 then
    -- Who acts, for the audit triggers; the last row's person. And the end of a host that froze: whoever is silent for so long loses its claim.
    perform set_config('association.user_id', coalesce(user_id::text, ''), true), set_config('association.user_name', coalesce(user_name, ''), true),
            set_config('idle_in_transaction_session_timeout', silence, true);
  end if;
end $$;
