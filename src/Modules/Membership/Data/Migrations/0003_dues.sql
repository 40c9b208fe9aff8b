-- Dues: the regulation as data, reductions by resolution, runs and the charges they freeze.

-- A version of the regulation with the resolution behind it. A dues year uses the version valid on its first day.
create table membership.dues_regulation (
  id                   uuid primary key,
  state                text not null default 'in_force' check (state in ('draft', 'in_force')),
  valid_from           date not null,
  valid_to             date,                                              -- the last day, that day included; null: until replaced
  resolved_by          text not null check (btrim(resolved_by) <> ''),    -- „Mitgliederversammlung“
  resolved_on          date not null,
  resolution           text not null default '',
  due_month            int  not null check (due_month between 1 and 12),
  due_day              int  not null check (due_day between 1 and 28),
  days_after_issue     int  not null check (days_after_issue between 0 and 365), -- what a document issued later leaves
  pro_rata_by_months   boolean not null,
  paragraph_due        text not null,                                     -- as this version numbers them: „§ 1“
  paragraph_amount     text not null,
  paragraph_pro_rata   text not null,
  paragraph_leaving    text not null,
  paragraph_reduction  text not null,
  constraint dues_regulation_dates check (valid_to >= valid_from),
  constraint dues_regulation_one_in_force exclude using gist (daterange(valid_from, valid_to, '[]') with &&) where (state = 'in_force')
);
select platform.attach_audit('membership.dues_regulation');

create table membership.dues_rule (
  regulation_id  uuid not null references membership.dues_regulation on delete cascade,
  category       text not null references membership.category,
  kind           text not null check (kind in ('flat', 'bands', 'rate')),
  measure        text check (measure in ('beds', 'employees', 'inhabitants')),
  amount         numeric(14, 2) check (amount >= 0),                      -- flat
  rate           numeric(14, 6) check (rate >= 0),                        -- rate: euro a unit
  minimum        numeric(14, 2) check (minimum >= 0),
  maximum        numeric(14, 2) check (maximum >= 0),
  primary key (regulation_id, category),
  constraint dues_rule_limits check (minimum <= maximum),
  constraint dues_rule_terms check (case kind
    when 'flat'  then amount is not null and num_nonnulls(measure, rate, minimum, maximum) = 0
    when 'bands' then measure is not null and num_nonnulls(amount, rate, minimum, maximum) = 0
    when 'rate'  then measure is not null and rate is not null and amount is null end)
);

create table membership.dues_band (
  regulation_id  uuid not null,
  category       text not null,
  from_value     int  not null check (from_value >= 0),
  to_value       int,                                                     -- that value included; null: open
  amount         numeric(14, 2) not null check (amount >= 0),
  unit_above     int  check (unit_above >= 0),                            -- units above this number add …
  unit_rate      numeric(14, 6) check (unit_rate >= 0),                   -- … this much each …
  maximum        numeric(14, 2),                                          -- … up to this sum
  primary key (regulation_id, category, from_value),
  foreign key (regulation_id, category) references membership.dues_rule on delete cascade,
  constraint dues_band_ends check (to_value >= from_value),
  constraint dues_band_unit_part check ((unit_above is null) = (unit_rate is null) and (maximum is null or unit_rate is not null) and maximum >= amount),
  constraint dues_band_no_overlap exclude using gist (regulation_id with =, category with =, int4range(from_value, to_value, '[]') with &&)
);

-- Every value from 0 on falls into exactly one band: overlaps are excluded above, gaps here, when the transaction ends.
create function membership.refuse_band_gaps() returns trigger language plpgsql as $$
declare
  rule record;
begin
  if tg_op = 'DELETE' then rule := old; else rule := new; end if;
  if exists (
    select from (select from_value, to_value, lag(to_value, 1, -1) over w as before, lead(from_value) over w as after
                   from membership.dues_band where regulation_id = rule.regulation_id and category = rule.category
                 window w as (order by from_value)) band
     where from_value <> before + 1 or before is null or (to_value is null) <> (after is null)) then
    raise exception 'The bands of % leave a gap or a closed end', rule.category using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger dues_band_no_gap after insert or update or delete on membership.dues_band
  deferrable initially deferred for each row execute function membership.refuse_band_gaps();

-- A reduction by resolution, or an honorary membership; 100 % is beitragsfrei. At most one a member and year.
create table membership.dues_reduction (
  id           uuid primary key,
  member_id    uuid not null references membership.member on delete cascade,
  kind         text not null check (kind in ('resolution', 'honorary')),
  percent      numeric(5, 2) not null check (percent > 0 and percent <= 100),
  from_year    int  not null check (from_year between 1950 and 2200),
  to_year      int  check (to_year between 1950 and 2200),                -- that year included; null: without end
  resolved_by  text not null check (btrim(resolved_by) <> '' and length(resolved_by) <= 200),
  resolved_on  date not null,
  note         text not null default '' check (length(note) <= 1000),
  constraint dues_reduction_years check (to_year >= from_year),
  constraint dues_reduction_honorary check (kind <> 'honorary' or percent = 100),
  constraint dues_reduction_one_a_year exclude using gist (member_id with =, int4range(from_year, to_year, '[]') with &&)
);
select platform.attach_audit('membership.dues_reduction');

-- A run: draft → submitted (charges frozen) → approved by another person → executing → executed.
create table membership.dues_run (
  id                 uuid primary key,
  kind               text not null default 'annual' check (kind in ('annual')),
  year               int  not null check (year between 1950 and 2200),
  number             int  not null check (number > 0),                    -- 1 is the year's first run, later ones charge who was left
  state              text not null default 'draft' check (state in ('draft', 'submitted', 'approved', 'executing', 'executed')),
  regulation_id      uuid not null references membership.dues_regulation,
  created_at         timestamptz not null,
  created_by_name    text not null,
  submitted_by       uuid,
  submitted_by_name  text,
  submitted_at       timestamptz,
  approved_by        uuid,
  approved_by_name   text,
  approved_at        timestamptz,
  executed_by        uuid,
  executed_by_name   text,
  execution_began_at timestamptz,
  executed_at        timestamptz,
  work_id            uuid references platform.long_work,
  charges            int  not null default 0 check (charges >= 0),        -- frozen with the charges
  total              numeric(14, 2) not null default 0,
  missing_input      int  not null default 0,
  not_liable         int  not null default 0,
  exempt             int  not null default 0,
  unique (kind, year, number),
  constraint dues_run_four_eyes check (approved_by <> submitted_by),
  constraint dues_run_submitted check ((state = 'draft') = (submitted_by is null) and (submitted_by is null) = (submitted_at is null)
    and (submitted_by is null) = (submitted_by_name is null)),
  constraint dues_run_approved check ((state in ('draft', 'submitted')) = (approved_by is null) and (approved_by is null) = (approved_at is null)
    and (approved_by is null) = (approved_by_name is null)),
  constraint dues_run_executing check ((state in ('executing', 'executed')) = (execution_began_at is not null) and (execution_began_at is null) = (work_id is null)),
  constraint dues_run_executed check ((state = 'executed') = (executed_at is not null))
);
create unique index dues_run_one_open on membership.dues_run (kind, year) where state <> 'executed';
select platform.attach_audit('membership.dues_run');

-- Some 200 members each; Billing invoices one after the other and reports each.
create table membership.dues_run_chunk (
  run_id       uuid not null references membership.dues_run on delete cascade,
  chunk        int  not null check (chunk > 0),
  charges      int  not null check (charges > 0),
  invoiced_at  timestamptz,
  primary key (run_id, chunk)
);
create index dues_run_chunk_waiting on membership.dues_run_chunk (run_id) where invoiced_at is null;

-- One claim on one member for one kind and period, with all that explains it. Frozen by submission, final from execution on.
create table membership.charge (
  id             uuid primary key,
  run_id         uuid not null references membership.dues_run,
  chunk          int  not null,
  position       int  not null,                                           -- order within the run: by member name
  member_id      uuid not null references membership.member,
  kind           text not null,
  period         int  not null,                                           -- the dues year
  category       text not null,
  amount         numeric(14, 2) not null check (amount > 0),
  full_year      numeric(14, 2) not null check (full_year >= amount),     -- before pro rata: what next year is compared with
  last_year      numeric(14, 2),                                          -- annualised; null: none known
  due_on         date not null,                                           -- a document issued later leaves more time
  input_measure  text,
  input_value    int,
  input_as_of    date,
  input_source   text,
  input_accepted_by text,                                                 -- who accepted a value as of another date
  steps          jsonb not null,
  voided_at      timestamptz
);
-- Nobody is charged twice: neither by a repeated run nor by two at once. Voided by a cancellation, a member is chargeable again.
create unique index charge_live on membership.charge (member_id, kind, period) where voided_at is null;
create index charge_of_run on membership.charge (run_id, position);
-- Steps are read with their row and compress poorly at this size.
alter table membership.charge alter column steps set storage main;
create trigger audit after update on membership.charge for each row execute function platform.audit('id', '');

-- Charges come and go only while their run is a draft; from execution on, only a cancellation may void them.
create function membership.refuse_frozen_charges() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform from membership.dues_run r where r.id in (select run_id from came) and r.state <> 'draft';
  elsif tg_op = 'DELETE' then
    perform from membership.dues_run r where r.id in (select run_id from gone) and r.state <> 'draft';
  else
    perform from gone left join came using (id) where to_jsonb(came) - 'voided_at' is distinct from to_jsonb(gone) - 'voided_at' or gone.voided_at is not null;
  end if;
  if found then
    raise exception '% on membership.charge is refused: the charges of a submitted run are frozen', tg_op using errcode = 'AS001';
  end if;
  return null;
end $$;
create trigger charge_frozen_delete after delete on membership.charge referencing old table as gone for each statement execute function membership.refuse_frozen_charges();
create trigger charge_frozen_update after update on membership.charge referencing old table as gone new table as came for each statement execute function membership.refuse_frozen_charges();
create trigger charge_frozen_insert after insert on membership.charge referencing new table as came for each statement execute function membership.refuse_frozen_charges();
create trigger charge_frozen_truncate before truncate on membership.charge for each statement execute function platform.refuse_change();
