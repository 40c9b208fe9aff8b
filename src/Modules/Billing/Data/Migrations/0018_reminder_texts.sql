-- What reminders say, as the office wrote it: versions by level and language. The newest holds; of nothing, or of a version without words, the product's.
create table billing.reminder_text (
  level         int         not null check (level between 1 and 3),          -- DunningLevel
  language      text        not null check (language in ('de', 'fr', 'en')),
  version       int         not null check (version > 0),
  subject       text        check (btrim(subject) <> ''),
  introduction  text        check (btrim(introduction) <> ''),
  request       text        check (btrim(request) <> ''),
  closing       text,                                                        -- may be empty
  saved_at      timestamptz not null,
  saved_by      text        not null,
  primary key (level, language, version),
  check (num_nulls(subject, introduction, request, closing) in (0, 4))       -- none: back to the product's
);
select billing.make_final('billing.reminder_text', 'A text that was saved stays; a change is a new version.');
