-- Revision 1
-- What stops reminders of an item on a day: the stop that holds longest, of the item or of all that its account owes. No row: nothing does.
create or replace function billing.dunning_stop_on(account uuid, item uuid, day date) returns table (reason text, until_day date) language sql stable as $$
  select s.reason, s.until_day from billing.dunning_stop s
   where s.account_id = account and s.from_day <= day and (s.until_day is null or s.until_day >= day)
     and (s.lifted_at is null or (s.lifted_at at time zone 'Europe/Berlin')::date > day)
     and (num_nonnulls(s.invoice_id, s.item_id) = 0 or coalesce(s.invoice_id, s.item_id) = item)
   order by s.until_day desc nulls first, s.set_at limit 1
$$;
