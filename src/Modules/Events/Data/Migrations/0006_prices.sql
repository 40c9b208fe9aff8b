-- What seats cost, who pays, and what was billed (docs/decisions/0049). No name stands in what is append-only: lines say whose seat it is by the registration.

-- Who pays for all who came in one form. It goes when nothing is owed and the person asks for it.
create table events.payer (
  id         uuid    primary key,                                            -- also of the account of who is no member
  event_id   uuid    not null references events.book,
  group_id   uuid    not null unique,
  member_id  uuid,                                                           -- Membership's; null: no member
  name       text    not null check (btrim(name) <> '' and length(name) <= 200),
  address    jsonb   not null,                                               -- PrintedAddress
  email      text    not null check (length(email) <= 254),                  -- may be empty
  language   text    not null check (language in ('de', 'fr', 'en')),
  reference  text    check (length(reference) between 1 and 40),             -- to be read on the invoice
  collective boolean not null,                                               -- one invoice for all seats of the payer, when the office asks for it
  constraint payer_collective_is_a_member check (not collective or member_id is not null)
);
create index payer_of_event on events.payer (event_id);
select platform.attach_audit('events.payer', 'id', 'name,address,email,reference'); -- the trail would keep what has to go

-- The member for whom somebody comes, when that was sure: the mail address is known there, or the office said so.
alter table events.attendee add column member_id uuid;
create index attendee_of_member on events.attendee (member_id) where member_id is not null;

-- The price of a seat, fixed when it was asked for: whoever waits pays what counted then.
create table events.fee (
  registration_id uuid          primary key references events.registration,
  payer_id        uuid          not null references events.payer,
  ticket          uuid          not null,
  amount          numeric(14,2) not null check (amount > 0),                 -- gross
  vat_percent     numeric(4,1)  not null check (vat_percent between 0 and 30),
  no_vat          text          check (no_vat in ('teaching', 'small_business')),
  constraint fee_without_tax_says_why check ((vat_percent = 0) = (no_vat is not null))
);
create index fee_of_payer on events.fee (payer_id);

create table events.bill (
  id        uuid          primary key,
  payer_id  uuid          not null references events.payer,
  amount    numeric(14,2) not null check (amount > 0),
  title     text          not null check (title <> ''),                      -- of the event, in the payer's language
  first_day date          not null,
  last_day  date          not null check (last_day >= first_day),
  raised_on date          not null,
  pay_days  int           not null check (pay_days between 0 and 365),
  raised_at timestamptz   not null
);
create index bill_of_payer on events.bill (payer_id);
create table events.bill_line (
  bill_id         uuid          not null references events.bill deferrable initially deferred,
  position        int           not null check (position > 0),
  registration_id uuid          not null references events.registration,
  kind            text          not null check (kind in ('seat', 'cancelled')), -- cancelled: what is owed for a seat that was given up too late
  ticket          text          not null,                                       -- its name, in the payer's language
  amount          numeric(14,2) not null check (amount > 0),
  vat_percent     numeric(4,1)  not null check (vat_percent between 0 and 30),
  no_vat          text          check (no_vat in ('teaching', 'small_business', 'compensation')),
  primary key (bill_id, position),
  unique (bill_id, registration_id),
  constraint bill_line_without_tax_says_why check ((vat_percent = 0) = (no_vat is not null))
);
-- A bill ends once, and another one stands in for one at most.
create table events.bill_end (
  bill_id     uuid        primary key references events.bill,
  replaced_by uuid        unique references events.bill,                        -- null: nothing is owed
  ended_at    timestamptz not null,
  check (replaced_by <> bill_id)
);
-- The bill on which a seat stands now: on one at most.
create table events.billed (
  registration_id uuid primary key references events.fee,
  bill_id         uuid not null,
  foreign key (bill_id, registration_id) references events.bill_line (bill_id, registration_id) deferrable initially deferred
);
create index billed_on on events.billed (bill_id);

do $$
declare book text;
begin
  foreach book in array array['events.fee', 'events.bill', 'events.bill_line', 'events.bill_end'] loop
    execute format('create trigger append_only before update or delete on %s for each row execute function events.refuse_change()', book);
    execute format('create trigger append_only_truncate before truncate on %s for each statement execute function events.refuse_change()', book);
  end loop;
end $$;

-- A bill is the sum of its lines, and all of them are its payer's.
create function events.seal_bills() returns trigger language plpgsql as $$
begin
  if exists (select from added a where a.amount is distinct from (select sum(l.amount) from events.bill_line l where l.bill_id = a.id)) then
    raise exception 'The lines of a bill do not add up to its amount' using errcode = 'AS002';
  end if;
  if exists (select from added a join events.bill_line l on l.bill_id = a.id join events.fee f on f.registration_id = l.registration_id
               join events.payer p on p.id = f.payer_id join events.payer q on q.id = a.payer_id
              where (p.event_id, coalesce(p.member_id, p.id)) is distinct from (q.event_id, coalesce(q.member_id, q.id))) then
    raise exception 'A line of a bill is somebody else''s' using errcode = 'AS002';
  end if;
  return null;
end $$;
create trigger sealed after insert on events.bill referencing new table as added for each statement execute function events.seal_bills();
create function events.refuse_sealed_lines() returns trigger language plpgsql as $$
begin
  if exists (select from added a join events.bill b on b.id = a.bill_id) then
    raise exception 'The bill is raised: it takes no further lines' using errcode = 'AS001';
  end if;
  return null;
end $$;
create trigger sealed after insert on events.bill_line referencing new table as added for each statement execute function events.refuse_sealed_lines();
