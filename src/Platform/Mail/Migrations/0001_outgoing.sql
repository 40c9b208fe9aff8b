-- Outgoing mail: a row per mail, written in the transaction of what caused it. A mail is never lost and never sent twice (docs/decisions/0014).
create table mail.outgoing_mail (
  id                uuid primary key,
  purpose           text        not null unique check (purpose ~ '^[a-z][a-z-]*:[0-9a-z.-]+$'),       -- invitation:0190…: what may be mailed once
  kind              text        not null generated always as (split_part(purpose, ':', 1)) stored,
  recipient_name    text        not null check (recipient_name !~ '[[:cntrl:]]'),
  recipient_address text        not null check (recipient_address ~ '^[^[:cntrl:] @]+@[^[:cntrl:] @]+$'),
  subject           text        not null check (subject <> '' and subject !~ '[[:cntrl:]]'),
  content           bytea,                                -- encrypted; may hold a secret link, so it goes as soon as nobody needs it
  attachment_id     uuid references platform.archive_file,
  message_id        text unique,                          -- given at the first attempt, the same for every later one
  state             text        not null default 'waiting'
                    check (state in ('waiting', 'sending', 'sent', 'refused', 'unknown', 'expired', 'withdrawn')),
  turn              int         not null default 1,       -- only the message of the bus that bears this number may act
  attempts          int         not null default 0 check (attempts >= 0),
  claim             uuid,                                 -- the conversation that is running, or was the last
  created_at        timestamptz not null,
  created_by        text        not null default platform.acting_user(),
  send_until        timestamptz not null,                 -- later it would do no good
  next_attempt_at   timestamptz not null,
  attempted_at      timestamptz,
  settled_at        timestamptz,
  settled_by        text,                                 -- who decided, when a person did
  last_step         text,                                 -- how far the latest conversation came, and what ended it
  last_fault        text,
  last_reply        text,
  constraint content_outlives_nothing check ((content is null) = (state in ('sent', 'expired', 'withdrawn'))),
  constraint settled_or_not check ((settled_at is null) = (state in ('waiting', 'sending'))),
  constraint sending_is_claimed check (state <> 'sending' or (claim is not null and message_id is not null and attempted_at is not null))
);
create index outgoing_mail_newest on mail.outgoing_mail (created_at desc, id desc);
create index outgoing_mail_open on mail.outgoing_mail (state) where state not in ('sent', 'withdrawn');
select platform.attach_audit('mail.outgoing_mail', 'id', 'content,turn,claim,next_attempt_at,attempted_at');

-- From which state a mail may go to which. Whether an unknown one is sent again, a person decides, never the program.
create function mail.guard_state() returns trigger language plpgsql as $$
begin
  if (new.id, new.purpose, new.recipient_name, new.recipient_address, new.subject, new.attachment_id, new.created_at, new.created_by)
     is distinct from (old.id, old.purpose, old.recipient_name, old.recipient_address, old.subject, old.attachment_id, old.created_at, old.created_by)
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
create trigger state_guard before update on mail.outgoing_mail for each row execute function mail.guard_state();

create function mail.refuse_delete() returns trigger language plpgsql as $$
begin
  raise exception 'A mail is not deleted: its row is what keeps it from being sent again' using errcode = 'AS001';
end $$;
create trigger no_delete before delete on mail.outgoing_mail for each row execute function mail.refuse_delete();

-- The password of the server, encrypted; the newest version of the settings names the one that is used.
create table mail.server_password (
  id         uuid primary key,
  password   bytea       not null,
  set_at     timestamptz not null default now()
);
