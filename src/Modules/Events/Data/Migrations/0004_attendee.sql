-- Who a registration is for. Beside the book, because it goes when the person asks for it: the seat and what was decided about it stay.
create table events.attendee (
  registration_id uuid primary key references events.registration,
  name            text not null check (btrim(name) <> '' and length(name) <= 200),
  organisation    text not null check (length(organisation) <= 200),     -- may be empty
  email           text not null check (length(email) <= 254),            -- may be empty: the office registers whoever calls
  language        text not null check (language in ('de', 'fr', 'en'))   -- of mails
);
select platform.attach_audit('events.attendee', 'registration_id', 'name,organisation,email'); -- the trail would keep what has to go
