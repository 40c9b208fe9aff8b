-- As messaging.finish, for a page of messages that were handled in one transaction: all of them were still ours, or none is finished.
create function messaging.finish_page(messages uuid[], from_queue text, leases uuid[]) returns void language plpgsql as $$
declare
  finished int;
begin
  with done as (
    delete from messaging.message m using unnest(messages, leases) as p (id, lease)
     where m.id = p.id and m.queue = from_queue and m.lease = p.lease
    returning m.id, m.queue, m.name, m.attempts, m.correlation_id)
  insert into messaging.handled (id, queue, name, attempts, correlation_id) select * from done;
  get diagnostics finished = row_count;
  if finished <> cardinality(messages) then
    raise exception '% of % messages in % are no longer leased', cardinality(messages) - finished, cardinality(messages), from_queue using errcode = 'AS002';
  end if;
end $$;
