-- Marks a message as finished within the handler's own transaction, and breaks that transaction when somebody else has the message
-- by now (the handler outlived its lease). Raising makes it safe to send the mark and the commit together in one round trip.
create function messaging.finish(message uuid, from_queue text, by_lease uuid) returns void language plpgsql as $$
begin
  with done as (
    delete from messaging.message m where m.id = message and m.queue = from_queue and m.lease = by_lease
    returning m.id, m.queue, m.name, m.attempts, m.correlation_id)
  insert into messaging.handled (id, queue, name, attempts, correlation_id) select * from done;
  if not found then
    raise exception 'message % in % is no longer leased to %', message, from_queue, by_lease using errcode = 'AS002';
  end if;
end $$;
