-- Serial letters: one text to many members, kept as the file that was printed, with whom it did and did not go to.
create table membership.serial_letter (
  id          uuid primary key,
  subject     text        not null check (btrim(subject) <> '' and length(subject) <= 200),
  body        text        not null check (btrim(body) <> '' and length(body) <= 5000),
  language    text        not null check (language in ('de', 'fr', 'en')),
  duplex      boolean     not null,                              -- printed on both sides of the sheet
  work_id     uuid        not null references platform.long_work,
  sheets      int check (sheets > 0),                            -- known once it is made
  file_id     uuid unique references platform.archive_file,
  created_at  timestamptz not null,
  created_by  text        not null,
  constraint serial_letter_made check ((sheets is null) = (file_id is null))
);

create table membership.serial_letter_member (
  letter_id  uuid  not null references membership.serial_letter,
  place      int   not null check (place > 0),                   -- letters first, in the order of the file
  member_id  uuid references membership.member on delete set null,
  facts      jsonb not null,                                     -- LetterFacts: as they were when the letter was made
  outcome    text  not null check (outcome in ('letter', 'no_post', 'no_address')),
  file_id    uuid unique references platform.archive_file,       -- this member's letter
  primary key (letter_id, place),
  constraint serial_letter_member_letter check (file_id is null or outcome = 'letter')
);
create index serial_letter_member_of_member on membership.serial_letter_member (member_id);
