-- A template may be the one for a letter that follows from an act of the office; without one such a letter has the words that come with the product.
alter table membership.letter_template add column purpose text unique check (purpose in ('welcome', 'leaving', 'staying'));

-- A resignation that was confirmed: one live letter a member. It is outdated when the resignation is changed or taken back; the answer to that is one letter, too.
create table membership.leaving_letter (
  letter_id           uuid primary key references membership.member_letter,
  member_id           uuid        not null references membership.member,
  notice_received_on  date        not null,                      -- as the letter says
  last_day            date        not null,
  outdated_at         timestamptz,
  taken_back          boolean     not null default false,        -- outdated because the member stays
  answer_letter_id    uuid unique references membership.member_letter,
  constraint leaving_letter_taken_back check (not taken_back or outdated_at is not null),
  constraint leaving_letter_answer check (answer_letter_id is null or taken_back)
);
create unique index leaving_letter_live on membership.leaving_letter (member_id) where outdated_at is null;
create index leaving_letter_of_member on membership.leaving_letter (member_id);
select platform.attach_audit('membership.leaving_letter', 'member_id');
