-- Revision 1
create or replace view toy.latest_note as
  select id, text from toy.note order by id desc;
