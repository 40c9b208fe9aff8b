create table toy.note (
  id    uuid primary key,
  text  text not null check (btrim(text) <> '')
);
select platform.attach_audit('toy.note');
