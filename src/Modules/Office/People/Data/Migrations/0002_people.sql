-- Where a person is signed in. Every request asks for the row, so that ending it holds at once on every host.
create table identity.session (
  id            uuid primary key,
  person_id     uuid        not null references identity.person on delete cascade,
  browser       text        not null default '',  -- a word such as Firefox, never the browser's own long text
  system        text        not null default '',
  first_seen_at timestamptz not null,
  last_seen_at  timestamptz not null,
  ended_at      timestamptz
);
create index session_person on identity.session (person_id) where ended_at is null;

-- An invitation sets a password (or a passkey) once. Its code is shown once; only the digest is kept.
create table identity.invitation (
  id          uuid primary key,
  person_id   uuid        not null references identity.person on delete cascade,
  code_hash   bytea       not null unique check (length(code_hash) = 32),
  issued_at   timestamptz not null,
  issued_by   text        not null,
  valid_until timestamptz not null check (valid_until > issued_at),
  used_at     timestamptz,
  revoked_at  timestamptz,
  constraint invitation_ended_once check (used_at is null or revoked_at is null)
);
create unique index invitation_one_open on identity.invitation (person_id) where used_at is null and revoked_at is null;
create index invitation_person on identity.invitation (person_id, issued_at);
select platform.attach_audit('identity.invitation', 'id', 'code_hash');

-- A recovery code replaces the authenticator app once; kept as digests.
create table identity.recovery_code (
  person_id uuid  not null references identity.person on delete cascade,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at   timestamptz,
  primary key (person_id, code_hash)
);
insert into identity.recovery_code (person_id, code_hash)
select user_id, sha256(convert_to(upper(replace(code, '-', '')), 'UTF8'))
  from identity.person_token, string_to_table(value, ';') code
 where name = 'RecoveryCodes' and code <> ''
on conflict do nothing;
delete from identity.person_token where name = 'RecoveryCodes';

-- Passkeys (WebAuthn): public keys only. The data is ASP.NET Core Identity's own.
create table identity.passkey (
  credential_id bytea primary key check (length(credential_id) between 1 and 1024),
  user_id       uuid  not null references identity.person on delete cascade,
  data          jsonb not null
);
create index passkey_user on identity.passkey (user_id);
