-- A file that the office keeps for itself may be emptied when it is deleted (docs/decisions/0037): its row, name and digest stay, its bytes go. Whether a
-- file is such a one is said when it comes in and never changes; all others are final as before.
alter table platform.archive_file
  add column removable  boolean not null default false,
  add column emptied_at timestamptz,
  drop constraint archive_file_check;
-- Not valid: what lies there was held to the same before, and nobody waits until all of it is read.
alter table platform.archive_file
  add constraint archive_file_digest check (sha256 = sha256(bytes) or emptied_at is not null and bytes = '') not valid;

create function platform.guard_archive() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.removable and old.emptied_at is null and new.emptied_at is not null and new.bytes = ''
     and (new.id, new.name, new.media_type, new.sha256, new.archived_at, new.removable)
         is not distinct from (old.id, old.name, old.media_type, old.sha256, old.archived_at, old.removable) then
    return new;
  end if;
  raise exception '% on %.% is refused: its rows are final', tg_op, tg_table_schema, tg_table_name using errcode = 'AS001';
end $$;
drop trigger append_only on platform.archive_file;
create trigger append_only before update or delete on platform.archive_file for each row execute function platform.guard_archive();
