-- Who came (docs/decisions/0050). What is scanned is appended; what was scanned by mistake is taken back by a row of its own.
create table events.check_in (
  id              uuid        primary key,                                     -- made where it was scanned: sent twice, it is one
  event_id        uuid        not null references events.book,
  registration_id uuid        not null references events.registration,
  session_id      uuid,                                                        -- null: the door of the event
  kind            text        not null check (kind in ('arrived', 'left')),
  at              timestamptz not null,                                        -- when it was scanned
  noted_at        timestamptz not null,                                        -- when it came here: later, when the phone had no network
  noted_by        text        not null
);
create index check_in_of_registration on events.check_in (registration_id, at);
create index check_in_of_event on events.check_in (event_id, at);
create table events.check_in_undone (
  check_in_id uuid        primary key references events.check_in,
  at          timestamptz not null,
  by          text        not null
);
do $$
declare book text;
begin
  foreach book in array array['events.check_in', 'events.check_in_undone'] loop
    execute format('create trigger append_only before update or delete on %s for each row execute function events.refuse_change()', book);
    execute format('create trigger append_only_truncate before truncate on %s for each statement execute function events.refuse_change()', book);
  end loop;
end $$;

-- What counts, and of whom somebody came.
create view events.standing_check_in as
  select c.* from events.check_in c where not exists (select from events.check_in_undone u where u.check_in_id = c.id);
create view events.came as
  select event_id, registration_id, min(at) as first_at from events.standing_check_in where kind = 'arrived' group by event_id, registration_id;

-- What a ticket says at the door. It goes with the person; who comes instead gets another one.
create table events.ticket_code (
  registration_id uuid primary key references events.attendee on delete cascade,
  code            text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{10}$')
);
