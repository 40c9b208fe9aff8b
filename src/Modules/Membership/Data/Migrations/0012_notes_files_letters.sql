-- What the office keeps of a member beside its data: notes, files, and letters to it alone with the templates they are written from (docs/decisions/0037).
-- What happens to them stands in the member's own history, as its tags do.
create table membership.member_note (
  id                uuid primary key,
  member_id         uuid        not null references membership.member on delete cascade,
  note_kind         text        not null check (note_kind in ('call', 'visit', 'letter', 'email', 'other')),
  noted_on          date        not null,                        -- when it happened, not when it was written down
  note              text        not null check (btrim(note) <> '' and length(note) <= 4000),
  search_text       text        generated always as (membership.fold(note)) stored,
  written_by        text        not null,
  written_by_id     uuid,                                        -- null: the command line
  written_at        timestamptz not null,
  withdrawn_by      text,
  withdrawn_at      timestamptz,
  withdrawn_reason  text check (btrim(withdrawn_reason) <> '' and length(withdrawn_reason) <= 300),
  constraint member_note_withdrawn check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
create index member_note_of_member on membership.member_note (member_id, noted_on desc);
create index member_note_search_text on membership.member_note using gin (search_text gin_trgm_ops);
select platform.attach_audit('membership.member_note', 'member_id', 'search_text');

-- A file of a member: the bytes lie in the archive and stay there, and in every backup; deleting takes the file from the office's eyes and says who did it.
create table membership.member_file (
  id               uuid primary key,
  member_id        uuid        not null references membership.member on delete cascade,
  archive_file_id  uuid        not null unique references platform.archive_file,
  name             text        not null check (btrim(name) <> '' and length(name) <= 150 and name !~ '[[:cntrl:]/\\]'),
  search_text      text        generated always as (membership.fold(name)) stored,
  size             int         not null check (size > 0),
  kept_by          text        not null,
  kept_at          timestamptz not null,
  deleted_by       text,
  deleted_at       timestamptz,
  constraint member_file_deleted check ((deleted_at is null) = (deleted_by is null))
);
create index member_file_of_member on membership.member_file (member_id, kept_at desc);
create index member_file_search_text on membership.member_file using gin (search_text gin_trgm_ops);
select platform.attach_audit('membership.member_file', 'member_id', 'search_text,archive_file_id');

-- What letters to one member begin with; a text each in the languages it is needed in.
create table membership.letter_template (
  id          uuid primary key,
  name        text collate "de-DE-x-icu" not null check (btrim(name) <> '' and length(name) <= 100),
  subject_de  text check (btrim(subject_de) <> '' and length(subject_de) <= 200),
  body_de     text check (btrim(body_de) <> '' and length(body_de) <= 5000),
  subject_fr  text check (btrim(subject_fr) <> '' and length(subject_fr) <= 200),
  body_fr     text check (btrim(body_fr) <> '' and length(body_fr) <= 5000),
  subject_en  text check (btrim(subject_en) <> '' and length(subject_en) <= 200),
  body_en     text check (btrim(body_en) <> '' and length(body_en) <= 5000),
  changed_at  timestamptz not null,
  changed_by  text        not null,
  constraint letter_template_whole check ((subject_de is null) = (body_de is null) and (subject_fr is null) = (body_fr is null)
    and (subject_en is null) = (body_en is null) and coalesce(subject_de, subject_fr, subject_en) is not null)
);
create unique index letter_template_name on membership.letter_template (lower(name));
select platform.attach_audit('membership.letter_template', 'id', 'changed_at,changed_by');

-- A letter to one member as it was written: its archived file is what was printed or sent.
create table membership.member_letter (
  id               uuid primary key,
  member_id        uuid        not null references membership.member,
  facts            jsonb       not null,                         -- LetterFacts: as they were when it was written
  language         text        not null check (language in ('de', 'fr', 'en')),
  subject          text        not null check (btrim(subject) <> ''),   -- with its fields filled in
  body             text        not null check (btrim(body) <> ''),
  archive_file_id  uuid        not null unique references platform.archive_file,
  written_at       timestamptz not null,
  written_by       text        not null
);
create index member_letter_of_member on membership.member_letter (member_id, written_at desc);
select platform.make_append_only('membership.member_letter');
select platform.attach_audit('membership.member_letter', 'member_id', 'facts,body,archive_file_id');

-- The member's files that went with it, in this order.
create table membership.member_letter_file (
  letter_id  uuid not null references membership.member_letter,
  place      int  not null check (place > 0),
  file_id    uuid not null references membership.member_file,
  primary key (letter_id, place)
);
select platform.make_append_only('membership.member_letter_file');

-- Each time it was handed over to the outgoing mail, which alone says how far it came (docs/decisions/0031). The key refuses a second mail of one attempt.
create table membership.member_letter_mail (
  letter_id       uuid        not null references membership.member_letter,
  attempt         int         not null check (attempt > 0),
  purpose         text        not null unique,
  name            text        not null,
  address         text        not null,
  with_letter     boolean     not null,                          -- the letter's own file goes with it
  handed_over_at  timestamptz not null,
  handed_over_by  text        not null,
  primary key (letter_id, attempt)
);
select platform.make_append_only('membership.member_letter_mail');

-- A mail that came back although a server had taken it; a person notes it.
create table membership.member_letter_returned (
  letter_id  uuid        not null,
  attempt    int         not null,
  noted_at   timestamptz not null,
  noted_by   text        not null,
  primary key (letter_id, attempt),
  foreign key (letter_id, attempt) references membership.member_letter_mail
);
select platform.make_append_only('membership.member_letter_returned');
