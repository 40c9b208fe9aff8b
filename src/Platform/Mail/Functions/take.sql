-- Revision 1
-- Holds a mail for this session, which lets go the one before, says where it stands, and claims it if it may be handed over now, all in one way: a sending of hundreds asks often.
--   known  the settings by which the caller would hand it over; null: without a server. When others are in force, nothing is claimed.
-- Each statement sees what was committed before it, so the state is read after whoever held the mail has let go. Nothing comes back when there is no such mail.
create or replace function mail.take(mail uuid, its_turn int, now timestamptz, new_claim uuid, new_message_id text, known text)
  returns table (is_held boolean, settings text, state text, turn int, send_until timestamptz, next_attempt_at timestamptz, claim uuid, attempts int,
                 message_id text, created_at timestamptz, recipient_name text, recipient_address text, subject text, content bytea, attachments uuid[])
  language plpgsql as $$
#variable_conflict use_column
begin
  perform pg_advisory_unlock_all();
  is_held := pg_try_advisory_lock(hashtextextended('mail.outgoing_mail ' || mail, 0));
  settings := concat_ws('/', (select max(version) from platform.office_rules), (select max(version) from platform.association_profile));
  if is_held and settings = known then
    update mail.outgoing_mail m
       set state = 'sending', claim = new_claim, attempts = m.attempts + 1, attempted_at = now, message_id = coalesce(m.message_id, new_message_id),
         last_step = null, last_fault = null, last_reply = null
     where m.id = mail and m.state = 'waiting' and m.turn = its_turn and m.send_until > now and m.next_attempt_at <= now;
  end if;
  return query
    select is_held, settings, m.state, m.turn, m.send_until, m.next_attempt_at, m.claim, m.attempts, m.message_id, m.created_at, m.recipient_name,
           m.recipient_address, m.subject, m.content, array(select a.file_id from mail.attachment a where a.mail_id = m.id order by a.place)
      from mail.outgoing_mail m where m.id = mail;
end $$;
