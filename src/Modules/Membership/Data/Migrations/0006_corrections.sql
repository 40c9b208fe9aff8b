-- Corrections of charges („falsch berechnet“), categories that ended, and dues beside the annual ones.

-- A charge comes from a run, or it replaces one that was calculated wrongly; each is replaced at most once.
alter table membership.charge alter column run_id drop not null;
alter table membership.charge add column corrects uuid unique references membership.charge;
alter table membership.charge add constraint charge_origin check ((run_id is null) = (corrects is not null));

create table membership.dues_correction (
  id                 uuid primary key,
  charge_id          uuid not null references membership.charge,
  member_id          uuid not null references membership.member,
  kind               text not null,
  year               int  not null,
  invoice            text not null,                                       -- the wrong one, as Billing numbers it
  reason             text not null check (btrim(reason) <> '' and length(reason) <= 300),
  regulation_id      uuid not null references membership.dues_regulation,
  old_amount         numeric(14, 2) not null check (old_amount > 0),
  new_amount         numeric(14, 2) not null check (new_amount >= 0),     -- 0: nothing is owed, no new invoice
  state              text not null check (state in ('requested', 'released', 'done', 'withdrawn')),
  needs_second       boolean not null,
  requested_by       uuid not null,
  requested_by_name  text not null,
  requested_at       timestamptz not null,
  approved_by        uuid,
  approved_by_name   text,
  approved_at        timestamptz,
  replacement_id     uuid unique references membership.charge,
  cancellation       text,                                                -- what Billing made of it
  new_invoice        text,
  set_off            numeric(14, 2),
  credit             numeric(14, 2),
  done_at            timestamptz,
  constraint dues_correction_changes check (new_amount <> old_amount),
  constraint dues_correction_four_eyes check (approved_by <> requested_by),
  constraint dues_correction_approved check ((approved_by is null) = (approved_at is null) and (approved_by is null) = (approved_by_name is null)),
  constraint dues_correction_second check (not needs_second or approved_by is not null or state in ('requested', 'withdrawn')),
  constraint dues_correction_replacement check (case when state in ('released', 'done') then (replacement_id is null) = (new_amount = 0) else replacement_id is null end),
  constraint dues_correction_done check ((state = 'done') = (done_at is not null) and (done_at is null) = (cancellation is null))
);
create unique index dues_correction_live on membership.dues_correction (charge_id) where state <> 'withdrawn';
create index dues_correction_open on membership.dues_correction (requested_at) where state in ('requested', 'released');
create index dues_correction_of_member on membership.dues_correction (member_id);
select platform.attach_audit('membership.dues_correction');

-- As before; and a charge that replaces another needs that one voided, in the same transaction or before, and is never deleted.
create or replace function membership.refuse_frozen_charges() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform from membership.dues_run r where r.id in (select run_id from came) and r.state <> 'draft';
    if not found then
      perform from came join membership.charge o on o.id = came.corrects
        where o.voided_at is null or (o.member_id, o.kind, o.period) is distinct from (came.member_id, came.kind, came.period);
    end if;
  elsif tg_op = 'DELETE' then
    perform from gone left join membership.dues_run r on r.id = gone.run_id where r.state is distinct from 'draft';
  else
    perform from gone left join came using (id) where to_jsonb(came) - 'voided_at' is distinct from to_jsonb(gone) - 'voided_at' or gone.voided_at is not null;
  end if;
  if found then
    raise exception '% on membership.charge is refused: the charges of a submitted run are frozen', tg_op using errcode = 'AS001';
  end if;
  return null;
end $$;

-- Categories that ended with a 31 December, for dues of the years before. The member's row holds the present and the next one.
create table membership.past_category (
  member_id  uuid not null references membership.member on delete cascade,
  ended_on   date not null check (extract(month from ended_on) = 12 and extract(day from ended_on) = 31),
  category   text not null references membership.category,
  primary key (member_id, ended_on)
);
select platform.attach_audit('membership.past_category', 'member_id');

-- Beside the annual dues: an admission fee, once an admission, and a levy (Umlage) by resolution. Such a run brings its own amounts.
alter table membership.dues_run drop constraint dues_run_kind_check;
alter table membership.dues_run add constraint dues_run_kind_check check (kind in ('annual', 'admission', 'levy'));
alter table membership.dues_run add column terms jsonb;                    -- amounts, due date and resolution; the annual dues follow the regulation
alter table membership.dues_run add constraint dues_run_terms check ((kind = 'annual') = (terms is null));
