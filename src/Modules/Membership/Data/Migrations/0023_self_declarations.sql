-- The yearly round of self-declarations (docs/decisions/0042): members whose dues need a number are asked for it.
create table membership.declaration_round (
  id              uuid primary key,
  year            int         not null unique check (year between 2000 and 2200),  -- dues year
  reference_date  date        not null,
  answer_by       date        not null,                        -- what members are asked to keep; later answers are taken until the round is closed
  remind_after    int         not null check (remind_after between 3 and 90),      -- days
  reminders       int         not null check (reminders between 0 and 3),
  opens_next      boolean     not null,                        -- the round of the year after opens by itself on 1 November
  site            text        not null check (site ~ '^https?://[^/[:space:]]+$'), -- where members reach the office's public pages
  work_id         uuid        references platform.long_work,   -- of the last opening
  opened_at       timestamptz not null,
  opened_by       text        not null,
  closed_at       timestamptz,
  closed_by       text,
  constraint declaration_round_closed check ((closed_at is null) = (closed_by is null))
);
select platform.attach_audit('membership.declaration_round', 'id', 'work_id');

-- One a round and member, however often it is opened.
create table membership.declaration_request (
  id            uuid primary key,
  round_id      uuid        not null references membership.declaration_round,
  member_id     uuid        not null references membership.member on delete cascade,
  measure       text        not null check (measure in ('beds', 'employees', 'inhabitants')),
  last_value    int         check (last_value between 0 and 99999999),              -- of the newest day before the reference date, as it was when asked
  last_as_of    date,
  way           text        not null check (way in ('mail', 'letter', 'none')),
  obstacle      text        check (obstacle in ('no_address', 'no_post', 'unprintable')),
  value         int         check (value between 0 and 99999999),                   -- drafted, answered or confirmed, as the three times below say
  deviates      boolean     not null generated always as (coalesce(
    value <> last_value and (value::bigint * 2 <= last_value or value >= last_value::bigint * 2), false)) stored,
  answered_by   text        not null default '' check (length(answered_by) <= 200),
  reason        text        not null default '' check (length(reason) <= 1000),
  remark        text        not null default '' check (length(remark) <= 2000),
  proof_file_id uuid        unique references platform.archive_file,
  proof_name    text        check (length(proof_name) <= 150),
  proof_size    int         check (proof_size > 0),
  proofs        int         not null default 0 check (proofs between 0 and 20),     -- how often one was uploaded
  drafted_at    timestamptz,
  answered_at   timestamptz,
  answered_via  text        check (answered_via in ('form', 'phone')),
  noted_by      text,                                          -- who of the office noted it, on the phone
  question      text        check (btrim(question) <> '' and length(question) <= 1000),
  questions     int         not null default 0,                -- how often it was sent back
  accepted_at  timestamptz,
  accepted_by  text,
  value_id      uuid        references membership.input_value on delete set null,
  replaced      boolean     not null default false,            -- another value of that day stood there
  withdrawn_at  timestamptz,
  withdrawn_by  text,
  code_wrong    int         not null default 0,                -- tries of a wrong code on that day
  code_wrong_on date,
  unique (round_id, member_id),
  constraint declaration_request_obstacle check ((way = 'none') = (obstacle is not null)),
  constraint declaration_request_proof check ((proof_file_id is null) = (proof_name is null) and (proof_name is null) = (proof_size is null)),
  constraint declaration_request_answered check (answered_at is null or (value is not null and answered_via is not null and answered_by <> '')),
  constraint declaration_request_deviates check (answered_at is null or reason <> '' or last_value is null or value = last_value
    or (value::bigint * 2 > last_value and value < last_value::bigint * 2)),
  constraint declaration_request_confirmed check ((accepted_at is null) = (accepted_by is null) and (accepted_at is null or answered_at is not null)),
  constraint declaration_request_withdrawn check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null or accepted_at is null))
);
create index declaration_request_of_member on membership.declaration_request (member_id);
create index declaration_request_value on membership.declaration_request (value_id) where value_id is not null;
select platform.attach_audit('membership.declaration_request', 'member_id', 'proof_file_id,value_id,code_wrong,code_wrong_on,proofs');

-- Each time a member was asked: 0 the request, 1 … its reminders. The key lets each leave once; the mail's purpose is made of it.
create table membership.declaration_sending (
  request_id  uuid        not null references membership.declaration_request on delete cascade,
  number      int         not null check (number between 0 and 9),
  way         text        not null check (way in ('mail', 'letter')),
  address     text        not null default '',
  purpose     text        unique,
  file_id     uuid        references platform.archive_file,
  sent_at     timestamptz not null,
  primary key (request_id, number),
  constraint declaration_sending_way check ((way = 'mail') = (purpose is not null) and (way = 'letter') = (file_id is not null))
);

-- What opens the form without a login; the secret itself is stored nowhere (Platform.Data.PersonalLinks).
create table membership.declaration_link (
  digest       bytea       primary key check (octet_length(digest) = 32),
  subject_id   uuid        not null references membership.declaration_request on delete cascade,
  kind         text        not null check (kind in ('link', 'code')),
  issued_at    timestamptz not null,
  valid_until  timestamptz not null,
  revoked_at   timestamptz
);
create index declaration_link_of_request on membership.declaration_link (subject_id);

-- Letters that leave by their members' ways beside those of serial letters: told by LettersWritten, read by IWrittenLetters.
create table membership.written_letter (
  origin      uuid        not null,                            -- what they were written in, in one go
  place       int         not null,
  member_id   uuid        not null references membership.member on delete cascade,
  file_id     uuid        not null references platform.archive_file,
  address     jsonb       not null,                            -- PrintedAddress
  written_by  text        not null,
  primary key (origin, place),
  unique (origin, member_id)
);
