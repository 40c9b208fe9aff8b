-- Tags: words that the office gives its members as it likes. One spelling each, whatever the case.
create table membership.tag (
  id    uuid primary key,
  name  text collate "de-DE-x-icu" not null check (name = btrim(name) and length(name) between 1 and 60 and name !~ '[[:cntrl:]]')
);
create unique index tag_name on membership.tag (lower(name));
select platform.attach_audit('membership.tag');

create table membership.member_tag (
  member_id  uuid not null references membership.member on delete cascade,
  tag_id     uuid not null references membership.tag on delete cascade,
  primary key (member_id, tag_id)
);
create index member_tag_of_tag on membership.member_tag (tag_id, member_id);
select platform.attach_audit('membership.member_tag', 'member_id');

-- What was done to many members at once, and to whom it really did something: that is what can be taken back.
create table membership.bulk_action (
  id              uuid primary key,
  kind            text not null check (kind in ('tag', 'untag', 'category')),
  tag_id          uuid references membership.tag on delete set null,
  subject         text not null,                                  -- the tag's name, or the category's code
  effective_on    date,                                           -- of a category: the 1 January from which it counts
  total           int  not null check (total > 0),
  work_id         uuid,                                           -- long work; null: done at once
  started_by      text not null,
  started_at      timestamptz not null default now(),
  undone_by       text,
  undone_at       timestamptz,
  constraint bulk_action_category check ((kind = 'category') = (effective_on is not null)),
  constraint bulk_action_undone check ((undone_at is null) = (undone_by is null))
);
create table membership.bulk_change (
  action_id        uuid not null references membership.bulk_action on delete cascade,
  member_id        uuid not null references membership.member on delete cascade,
  before_category  text references membership.category,           -- a change of category that was planned before
  before_on        date,
  primary key (action_id, member_id)
);
create index bulk_change_of_member on membership.bulk_change (member_id);
