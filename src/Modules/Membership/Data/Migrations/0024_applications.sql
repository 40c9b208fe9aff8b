-- Applications for membership (docs/decisions/0043): what was typed stays as it came; the office corrects beside it, the board decides, two people sign.
create table membership.membership_application (
  id                 uuid primary key,                            -- of the form: sent twice, it is one application
  number             int         generated always as identity unique,
  typed              jsonb       not null,                        -- ApplicationForm, as it was sent
  form               jsonb       not null,                        -- as it stands: what was typed, or what the office corrected
  consents           jsonb       not null,                        -- the wording that was agreed to, with version, language and time
  received_at        timestamptz not null,
  name               text        collate "de-DE-x-icu" not null generated always as (form ->> 'name') stored check (btrim(form ->> 'name') <> ''),
  category           text        not null references membership.category,
  search_text        text        not null generated always as (
    platform.fold((form ->> 'name') || ' ' || coalesce(form ->> 'contactName', '') || ' ' || (form ->> 'town') || ' ' || (form ->> 'email'))) stored,
  corrected_at       timestamptz,
  corrected_by       text,
  member_id          uuid unique references membership.member,    -- whom the acceptance made
  welcome_letter_id  uuid unique references membership.member_letter,
  resolved_by        text check (btrim(resolved_by) <> '' and length(resolved_by) <= 200),
  resolved_on        date,
  resolution         text check (length(btrim(resolution)) between 3 and 1000),
  withdrawn_at       timestamptz,
  withdrawn_by       text,
  withdrawn_reason   text check (length(btrim(withdrawn_reason)) between 3 and 300),
  constraint membership_application_corrected check ((corrected_at is null) = (corrected_by is null)),
  constraint membership_application_resolved check (num_nulls(member_id, resolved_by, resolved_on, resolution) in (0, 4)),
  constraint membership_application_withdrawn check (num_nulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3)
    and (withdrawn_at is null or member_id is null)),
  constraint membership_application_welcome check (welcome_letter_id is null or member_id is not null)
);
select platform.attach_approval('membership.membership_application', 'submitted');
alter table membership.membership_application add constraint membership_application_accepted check ((approved_at is null) = (member_id is null));
create index membership_application_received on membership.membership_application (received_at desc, number desc);
create index membership_application_open on membership.membership_application (submitted_at) where member_id is null and withdrawn_at is null;
create index membership_application_search_text on membership.membership_application using gin (search_text gin_trgm_ops);
create index membership_application_email on membership.membership_application (lower(form ->> 'email'));
select platform.attach_audit('membership.membership_application', 'number', 'search_text,name,typed,consents');

-- What somebody sent and agreed to is never written again, and an application that made a member stays as it was decided.
create function membership.refuse_application_change() returns trigger language plpgsql as $$
declare
  made text[] := array['welcome_letter_id', 'name', 'search_text']; -- what is generated is not yet there
begin
  if (old.id, old.number, old.typed, old.consents, old.received_at) is distinct from (new.id, new.number, new.typed, new.consents, new.received_at)
     or (old.member_id is not null and (to_jsonb(new) - made is distinct from to_jsonb(old) - made
                                        or old.welcome_letter_id is not null and new.welcome_letter_id is distinct from old.welcome_letter_id)) then
    raise exception 'UPDATE on membership.membership_application is refused: what was sent and what was decided stay' using errcode = 'AS001';
  end if;
  return new;
end $$;
create trigger sealed before update on membership.membership_application for each row execute function membership.refuse_application_change();
