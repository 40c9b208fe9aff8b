-- The calendar entry of an event as it was mailed, once a language and state (SEQUENCE), however many people get it.
create table events.calendar_file (
  event_id        uuid not null,
  sequence        int  not null check (sequence >= 0),
  language        text not null check (language in ('de', 'fr', 'en')),
  archive_file_id uuid not null unique references platform.archive_file,
  primary key (event_id, sequence, language)
);

-- What those who take part were last told of time and place.
create table events.told (
  event_id uuid        primary key,
  sequence int         not null check (sequence >= 0),
  starts   timestamp   not null,                      -- clock in Germany
  ends     timestamp   not null,
  place    text        not null,                      -- may be empty
  told_at  timestamptz not null
);

-- What was published before is known as it stands today.
insert into events.told (event_id, sequence, starts, ends, place, told_at)
select id, coalesce((data ->> 'sequence')::int, 0), starts, ends,
       case when jsonb_typeof(data -> 'venue') = 'object' then concat_ws(', ', data #>> '{venue,name}',
         nullif(concat_ws(', ', nullif(data #>> '{venue,street}', ''), nullif(btrim(concat_ws(' ', data #>> '{venue,postalCode}', data #>> '{venue,town}')), '')), ''))
       else '' end, now()
  from events.mt_doc_eventplan where stage = 'Published';

-- Who takes part is reminded once of each day on which the event begins.
create table events.reminded (
  event_id  uuid        not null,
  starts_on date        not null,
  at        timestamptz not null,
  primary key (event_id, starts_on)
);
