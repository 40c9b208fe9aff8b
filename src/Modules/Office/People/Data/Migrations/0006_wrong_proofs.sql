-- The last code of a person's app that was accepted (RFC 6238: steps of thirty seconds since 1970): a code opens once, and an older one not at all.
create table identity.last_code (
  person_id uuid   primary key references identity.person on delete cascade,
  step      bigint not null
);

-- Wrong passwords and codes of a person, by the address from which they came: whoever tries from elsewhere locks nobody out.
create table identity.wrong_proof (
  person_id uuid        not null references identity.person on delete cascade,
  address   text        not null check (length(address) <= 64),
  times     int         not null check (times > 0),
  last_at   timestamptz not null,
  primary key (person_id, address)
);
-- Until now they locked the person for everybody.
update identity.person set lockout_end = null, access_failed_count = 0 where lockout_end < '9999-01-01';
