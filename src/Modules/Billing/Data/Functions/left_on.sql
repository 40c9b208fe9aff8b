-- Revision 1
-- The day on which a document actually left: the recipient's server took the mail, the batch was posted, or a person noted that it was given. Null as long as
-- it lies in the house.
create or replace function billing.left_on(document uuid) returns date language sql stable as $$
  select min(coalesce(d.given_on, (d.state_at at time zone 'Europe/Berlin')::date))
    from billing.delivery d where d.document_id = document and d.state in ('accepted', 'posted', 'given')
$$;
