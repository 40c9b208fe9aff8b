-- Order number, Kassenzeichen and Leitweg-ID that a recipient wants on the invoices of one dues year. A year without a row prints member.buyer_reference.
create table membership.year_references (
  member_id       uuid not null references membership.member on delete cascade,
  year            int  not null check (year between 1950 and 2200),
  purchase_order  text check (length(purchase_order) between 1 and 60),
  cash_reference  text check (length(cash_reference) between 1 and 60),
  leitweg_id      text check (leitweg_id ~ '^[0-9]{2,12}(-[0-9A-Z]{1,30})?-[0-9]{2}$'),
  primary key (member_id, year),
  constraint year_references_any check (num_nonnulls(purchase_order, cash_reference, leitweg_id) > 0)
);
select platform.attach_audit('membership.year_references', 'member_id');
