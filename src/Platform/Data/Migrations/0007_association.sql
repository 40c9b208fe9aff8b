-- Who saved a version of the association's own data.
alter table platform.association_profile
  add column changed_by    text not null default 'System',
  add column changed_by_id uuid;
alter table platform.association_profile
  alter column changed_by    set default platform.acting_user(),
  alter column changed_by_id set default platform.acting_user_id();

-- Logos: cleaned files, never changed. A version of the profile names the one that it uses, so an issued document keeps its own.
create table platform.association_logo (
  id              uuid primary key,
  name            text        not null,
  media_type      text        not null check (media_type in ('image/png', 'image/jpeg')),
  width           int         not null check (width between 1 and 4000),
  height          int         not null check (height between 1 and 4000),
  bytes           bytea       not null check (length(bytes) between 1 and 2097152),
  uploaded_at     timestamptz not null default now(),
  uploaded_by     text        not null default platform.acting_user(),
  uploaded_by_id  uuid                 default platform.acting_user_id()
);
alter table platform.association_logo alter column bytes set storage external;
select platform.make_append_only('platform.association_logo');
select platform.attach_audit('platform.association_logo', 'id', 'bytes');
alter table platform.association_profile
  add column logo_id uuid generated always as ((profile ->> 'LogoId')::uuid) stored references platform.association_logo;

-- Accounts of the association, besides the one that its profile prints.
create table platform.bank_account (
  iban       text primary key check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  bank_name  text not null check (bank_name <> ''),
  bic        text not null,
  purpose    text not null                       -- what it is for: „Tagesgeld“, „Projektkonto Demenznetz“
);
select platform.attach_audit('platform.bank_account', 'iban');

-- Another account on invoices is the classic fraud: somebody proposes, and somebody else has to confirm before anything is paid there.
create table platform.bank_details_change (
  id              uuid primary key,
  bank_name       text        not null,
  iban            text        not null,
  bic             text        not null,
  creditor_id     text        not null,
  reason          text        not null check (length(btrim(reason)) between 3 and 300),
  proposed_at     timestamptz not null default now(),
  proposed_by     text        not null,
  proposed_by_id  uuid,                          -- null: the command line
  state           text        not null default 'open' check (state in ('open', 'confirmed', 'refused', 'withdrawn')),
  decided_at      timestamptz,
  decided_by      text,
  decided_by_id   uuid,
  check ((state = 'open') = (decided_at is null) and (state = 'open') = (decided_by is null)),
  constraint second_person check (state <> 'confirmed' or (decided_by_id is not null and decided_by_id is distinct from proposed_by_id))
);
create unique index bank_details_change_open on platform.bank_details_change ((true)) where state = 'open'; -- one at a time
select platform.attach_audit('platform.bank_details_change');

-- Who proposed and who decided is what the database saw, not what anybody says.
create function platform.sign_bank_details_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.proposed_at := now();
    new.proposed_by := platform.acting_user();
    new.proposed_by_id := platform.acting_user_id();
    return new;
  end if;
  if tg_op = 'DELETE' or old.state <> 'open'
     or (new.id, new.bank_name, new.iban, new.bic, new.creditor_id, new.reason, new.proposed_at, new.proposed_by, new.proposed_by_id)
        is distinct from (old.id, old.bank_name, old.iban, old.bic, old.creditor_id, old.reason, old.proposed_at, old.proposed_by, old.proposed_by_id) then
    raise exception 'A proposed account is decided once and never rewritten' using errcode = 'AS001';
  end if;
  if new.state <> 'open' then
    new.decided_at := now();
    new.decided_by := platform.acting_user();
    new.decided_by_id := platform.acting_user_id();
  end if;
  return new;
end $$;
create trigger signed before insert or update or delete on platform.bank_details_change
  for each row execute function platform.sign_bank_details_change();
create trigger append_only_truncate before truncate on platform.bank_details_change
  for each statement execute function platform.refuse_change();

alter table platform.association_profile add column bank_details_change uuid unique references platform.bank_details_change;

-- The first account and the first creditor id may be entered; whoever changes one needs a confirmed proposal, used once.
create function platform.guard_bank_details() returns trigger language plpgsql as $$
declare
  before jsonb := (select p.profile from platform.association_profile p order by p.version desc limit 1);
begin
  if exists (select from unnest(array['Iban', 'CreditorId']) as field
              where coalesce(before ->> field, '') <> '' and before ->> field is distinct from new.profile ->> field)
     and not exists (select from platform.bank_details_change c
                      where c.id = new.bank_details_change and c.state = 'confirmed'
                        and c.iban = new.profile ->> 'Iban' and c.creditor_id = new.profile ->> 'CreditorId') then
    raise exception 'Another account or creditor id needs a second person' using errcode = 'AS003';
  end if;
  return new;
end $$;
create trigger bank_details before insert on platform.association_profile
  for each row execute function platform.guard_bank_details();

-- The office looked its own data over and found them right.
create table platform.settings_review (
  profile_version int         not null references platform.association_profile (version),
  reviewed_at     timestamptz not null default now(),
  reviewed_by     text        not null default platform.acting_user(),
  reviewed_by_id  uuid                 default platform.acting_user_id(),
  primary key (profile_version)
);
select platform.make_append_only('platform.settings_review');
