-- A schema for the tests of the data floor: one audited table, one book.
create table sample.note (
  id       uuid primary key,
  title    text not null,
  amount   numeric(14,2) not null default 0,
  search   tsvector generated always as (to_tsvector('german', title)) stored
);
select platform.attach_audit('sample.note', 'id', 'search');

create table sample.posting (
  id      int primary key,
  amount  numeric(14,2) not null
);
select platform.make_append_only('sample.posting');
