-- Revision 1
-- Everything that is still to be paid: invoices, items taken over and fees. A fee has no other name than its own number: whoever shows it says what it is.
create or replace view billing.open_receivable as
  select i.id, 'invoice' as kind, i.series, i.year, i.sequence::bigint as sequence, i.number, i.account_id, i.issued_on, i.due_on, i.amount, o.open,
         i.payment_route, i.payment_text, i.iban, null::text as origin
    from billing.open_item o join billing.invoice i on i.id = o.invoice_id
  union all
  select e.id, case e.kind when 'fee' then 'fee' else 'opening' end, left(e.number, 2), extract(year from e.due_on)::int, e.sequence, e.number, e.account_id,
         coalesce(m.taken_on, e.due_on), e.due_on, e.amount, o.open, 'transfer', e.number || ' ' || a.member_number, null, e.origin
    from (select item_id, sum(debit - credit) as open from billing.posting_line where item_id is not null group by item_id having sum(debit - credit) <> 0) o
    join billing.item e on e.id = o.item_id left join billing.opening_import m on m.id = e.import_id join billing.account a on a.id = e.account_id;
