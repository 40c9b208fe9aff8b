-- What somebody typed into the public form beside who she is. It goes with the attendee, when the person asks for it.
create table events.attendee_form (
  registration_id uuid        primary key references events.attendee on delete cascade,
  member_number   text        not null check (length(member_number) <= 40),           -- as typed: the office looks whether it is one; may be empty
  remark          text        not null check (length(remark) <= 1000),                -- food, access; may be empty
  privacy         text        not null,                                               -- which wording of the privacy notice was read
  site            text        not null check (site ~ '^https?://[^/[:space:]]+$'),    -- where she registered: the links of her mails lead there
  sent_at         timestamptz not null
);
select platform.attach_audit('events.attendee_form', 'registration_id', 'member_number,remark'); -- the trail would keep what has to go
create index attendee_by_email on events.attendee (lower(email));

-- What opens a registration without a login; the secret itself is stored nowhere (Platform.Data.PersonalLinks).
create table events.attendee_link (
  digest       bytea       primary key check (octet_length(digest) = 32),
  subject_id   uuid        not null references events.attendee on delete cascade,
  kind         text        not null check (kind in ('link', 'code')),
  issued_at    timestamptz not null,
  valid_until  timestamptz not null,
  revoked_at   timestamptz
);
create index attendee_link_of_registration on events.attendee_link (subject_id);
