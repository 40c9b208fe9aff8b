-- The registration book of an event (docs/decisions/0047). What is decided are facts in the event's stream; these rows are what must be found fast, written in
-- the same transaction. Whoever writes holds the row of the book: all pools of an event lie behind that one lock.
create table events.book (
  event_id     uuid primary key,
  opens_at     timestamptz,
  closes_at    timestamptz,
  waiting_list boolean not null,
  offer_hours  int check (offer_hours > 0),                 -- how long a seat that became free is held for the next one; null: it is his at once
  most_at_once int    not null check (most_at_once > 0),
  next_place   bigint not null check (next_place > 0),      -- in the waiting list; each is given once
  version      bigint not null check (version > 0),         -- of the stream
  constraint book_opens_before_it_closes check (closes_at > opens_at)
);

-- If the code were wrong, this refuses: no pool ever gives more seats than it has.
create table events.seat_pool (
  event_id uuid not null references events.book,
  pool     uuid not null,
  kind     text not null check (kind in ('event', 'session', 'room', 'contingent', 'ticket')),
  capacity int  check (capacity >= 0),                      -- null: as many as come
  taken    int  not null default 0 check (taken >= 0),
  primary key (event_id, pool),
  constraint seat_pool_never_oversold check (taken <= capacity)
);

create table events.registration (
  id            uuid primary key,
  event_id      uuid    not null references events.book,
  group_id      uuid    not null,                           -- of the form: sent twice, it is one registration
  is_whole      boolean not null,                           -- the group comes together or not at all
  needs         uuid[]  not null check (cardinality(needs) > 0),
  state         text    not null check (state in ('accepted', 'waiting', 'offered', 'cancelled', 'lapsed', 'refused')),
  place         bigint,                                     -- in the waiting list; those who wait as a whole have one together
  wish          text,                                       -- of all with this place; whoever wishes the same can only follow whoever is before him
  offered_until timestamptz,
  registered_at timestamptz not null,
  fact          bigint  not null,                           -- the latest about it in the stream, which says why
  constraint registration_waits_at_a_place check ((state = 'waiting') = (place is not null) and (place is null) = (wish is null)),
  constraint registration_offered_until check ((state = 'offered') = (offered_until is not null))
);
create index registration_waiting on events.registration (event_id, wish, place) where state = 'waiting';
create index registration_offered on events.registration (event_id, offered_until) where state = 'offered';
create index registration_group on events.registration (group_id);
create index registration_list on events.registration (event_id, registered_at, id);
