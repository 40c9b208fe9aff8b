-- What ends, and what the office did about it: asked by a letter, or settled by hand. One row a deadline, so nobody is asked about the same twice.
create table membership.renewal (
  kind        text        not null check (kind in ('exit', 'category', 'reduction', 'mandate', 'function')),
  subject_id  uuid        not null,                                   -- the member, the reduction or the function that ends
  deadline    date        not null,
  member_id   uuid        not null references membership.member on delete cascade,
  letter_id   uuid        references membership.member_letter,        -- with which the member was asked
  asked_at    timestamptz,
  asked_by    text,
  done_at     timestamptz,
  done_by     text,
  done_note   text        check (btrim(done_note) <> '' and length(done_note) <= 300),
  primary key (kind, subject_id, deadline),
  constraint renewal_asked check ((asked_at is null) = (asked_by is null) and (asked_at is null) = (letter_id is null)),
  constraint renewal_done check ((done_at is null) = (done_by is null) and (done_at is null) = (done_note is null)),
  constraint renewal_says_something check (num_nonnulls(asked_at, done_at) > 0)
);
select platform.attach_audit('membership.renewal', 'subject_id');

-- The checklist of a dues year: who takes a step, and what was ticked by hand. What the books know stands nowhere here.
create table membership.dues_year_step (
  year           int         not null check (year between 1950 and 2200),
  step           text        not null check (step ~ '^[a-z_]{3,40}$'),
  assigned_to    uuid,
  assigned_name  text        check (length(assigned_name) <= 200),
  done_on        date,
  done_by        text,
  primary key (year, step),
  constraint dues_year_step_assigned check ((assigned_to is null) = (assigned_name is null)),
  constraint dues_year_step_done check ((done_on is null) = (done_by is null))
);
select platform.attach_audit('membership.dues_year_step', 'step');
