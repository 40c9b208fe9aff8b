-- Revision 2
-- What leaves the house: every claim with its newest document, every statement of account, reminder and letter; without a file as long as it is being made.
-- What has one purpose goes to one recipient with one mail.
create or replace view billing.deliverable as
  select i.id as document_id, i.kind, 'documents' as purpose, i.number, i.account_id, i.run_id, i.series, i.year, i.sequence, i.issued_on, i.issued_at,
         d.archive_file_id as file, c.content -> 'recipient' as address, a.email,
         exists (select from billing.invoice x where x.cancels_id = i.id) as is_cancelled
    from billing.invoice i join billing.account a on a.id = i.account_id join billing.current_content c on c.invoice_id = i.id
    left join billing.current_document d on d.invoice_id = i.id and d.edition = c.edition
  union all
  select l.id, l.kind, l.kind || 's', l.number, l.account_id, case when l.kind = 'reminder' then l.origin_id end, left(l.number, 2),
         extract(year from l.created_at at time zone 'Europe/Berlin')::int, l.sequence,
         (l.created_at at time zone 'Europe/Berlin')::date, l.created_at, f.archive_file_id, f.recipient,
         case when l.kind = 'letter' then l.email else a.email end, false
    from billing.letter l join billing.account a on a.id = l.account_id left join billing.letter_document f on f.letter_id = l.id
   where not exists (select from billing.reminder r where r.letter_id = l.id and r.taken_back_at is not null);
