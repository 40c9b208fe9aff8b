-- Revision 1
-- From which state a mail may go to which. Whether an unknown one is sent again, a person decides, never the program.
create or replace function mail.guard_state() returns trigger language plpgsql as $$
begin
  if (new.id, new.purpose, new.recipient_name, new.recipient_address, new.subject, new.created_at, new.created_by)
     is distinct from (old.id, old.purpose, old.recipient_name, old.recipient_address, old.subject, old.created_at, old.created_by)
     or (old.message_id is not null and new.message_id is distinct from old.message_id) then
    raise exception 'A mail is never rewritten' using errcode = 'AS001';
  end if;
  if new.state <> old.state and not (old.state || '>' || new.state) = any (array[
       'waiting>sending', 'waiting>expired', 'waiting>withdrawn',
       'sending>sent', 'sending>refused', 'sending>waiting', 'sending>unknown',
       'refused>waiting', 'refused>expired', 'refused>withdrawn',
       'unknown>sent', 'unknown>waiting', 'unknown>expired', 'unknown>withdrawn',
       'expired>withdrawn']) then
    raise exception 'A mail that is % does not become %', old.state, new.state using errcode = 'AS001';
  end if;
  if old.state = 'unknown' and new.state = 'waiting' and platform.acting_user_id() is null then
    raise exception 'Whether a mail of which nobody knows is sent again, a person decides' using errcode = 'AS001';
  end if;
  return new;
end $$;
