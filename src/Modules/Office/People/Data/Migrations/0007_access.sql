-- Who made a person's access or changed it last, when that was somebody else: the first password or a new one, the second factor, the role. What the person
-- approves pauses for a day then, so that nobody signs in another's name unseen.
alter table identity.person
  add column access_given_at    timestamptz,
  add column access_given_by    text,
  add column access_given_by_id uuid,
  add constraint person_access_given check ((access_given_at is null) = (access_given_by is null));

-- An invitation to a role that approves goes by mail to the person, or a second administrator releases it: until then there is no code.
alter table identity.invitation
  add column issued_by_id     uuid,
  add column waits_for_second boolean not null default false,
  add column released_by      text,
  add column released_by_id   uuid,
  add column released_at      timestamptz,
  add constraint invitation_second_person check (released_by_id is null or released_by_id <> issued_by_id);

-- A deputy whom somebody else than the board member entered approves from the next day on.
alter table identity.deputy add column named_by_id uuid;
