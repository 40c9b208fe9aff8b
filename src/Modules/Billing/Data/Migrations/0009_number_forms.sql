-- How a number is written is a setting: BR-2026-00013, RE-26-013. What was issued keeps its number; what is counted, and in which
-- series and year, stays as it was.

-- A prefix belongs to one series for good, so that an invoice never gets the number that a cancellation has or will have.
create table billing.number_prefix (
  prefix text primary key check (prefix ~ '^[A-Z][A-Z0-9]{0,5}$' and prefix <> 'EB'), -- EB: items taken over
  series text not null check (series in ('BR', 'ST')),
  unique (prefix, series)
);
insert into billing.number_prefix (prefix, series) values ('BR', 'BR'), ('ST', 'ST');
create trigger append_only before update or delete on billing.number_prefix
  for each row execute function billing.refuse_change('A prefix that was used stays with its series.');
create trigger append_only_truncate before truncate on billing.number_prefix
  for each statement execute function billing.refuse_change('A prefix that was used stays with its series.');

alter table billing.invoice alter column number drop expression;
alter table billing.invoice
  add column prefix text not null generated always as (split_part(number, '-', 1)) stored,
  add constraint invoice_prefix foreign key (prefix, series) references billing.number_prefix (prefix, series),
  add constraint invoice_number check (number ~ ('^[A-Z][A-Z0-9]*-(' || year::text || '|' || right(year::text, 2) || ')-0*' || sequence::text || '$'));
