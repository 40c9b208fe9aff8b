-- What somebody typed whose session had ended: for the same person, until it is signed in again, an hour at most.
create table identity.kept_form (
  id        uuid primary key,
  person_id uuid        not null references identity.person on delete cascade,
  kept_at   timestamptz not null,
  fields    text        not null check (length(fields) <= 200000)  -- JSON: name -> values
);
create index kept_form_person on identity.kept_form (person_id);
