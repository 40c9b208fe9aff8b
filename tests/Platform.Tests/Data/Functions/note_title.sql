-- Revision 2
create or replace function sample.note_title(wanted uuid) returns text language sql stable as $$
  select upper(title) from sample.note where id = wanted
$$;
