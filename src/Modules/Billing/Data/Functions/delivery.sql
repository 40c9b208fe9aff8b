-- Revision 2
-- The proof: every document that was handed over, by which way, to whom, when, and how far it came. Of a mail that is what the outgoing mail says, of
-- paper what stands on the print batch, of what was given otherwise what a person noted.
create or replace view billing.delivery as
  select coalesce(m.invoice_id, m.letter_id) as document_id, m.archive_file_id, m.account_id, m.sending_id, m.purpose, 'mail' as route, m.attempt,
         case when r.archive_file_id is not null then 'undeliverable'
              else case s.state when 'sent' then 'accepted' when 'refused' then 'refused' when 'unknown' then 'unknown' when 'withdrawn' then 'withdrawn'
                                when 'waiting' then 'handed_over' when 'sending' then 'handed_over' else 'undeliverable' end end as state,
         m.handed_over_at as at, m.handed_over_by as by, m.address as recipient, coalesce(r.noted_at, s.at, m.handed_over_at) as state_at,
         r.noted_by, s.last_step, s.last_fault, s.last_reply, null::int as batch, null::date as given_on
    from billing.mailed_document m
    left join platform.mail_status s on s.purpose = m.purpose
    left join billing.returned_mail r on r.archive_file_id = m.archive_file_id and r.attempt = m.attempt
  union all
  select coalesce(d.invoice_id, d.letter_id), d.archive_file_id, e.account_id, null, null, 'paper', 1,
         case when b.sent_at is not null then 'posted' when b.printed_at is not null then 'printed' else 'handed_over' end,
         b.created_at, b.created_by,
         concat_ws(', ', (select string_agg(l.line, ', ' order by l.place) from jsonb_array_elements_text(e.address -> 'lines') with ordinality l (line, place)),
                   concat_ws(' ', e.address ->> 'postalCode', e.address ->> 'town')),
         coalesce(b.sent_at, b.printed_at, b.created_at), coalesce(b.sent_by, b.printed_by), null, null, null, b.number, null
    from billing.print_document d join billing.print_envelope e on e.id = d.envelope_id join billing.print_batch b on b.id = e.batch_id
   where d.live
  union all
  select coalesce(g.invoice_id, g.letter_id), g.archive_file_id, g.account_id, null, null, 'other', 1,
         case when g.taken_back_at is null then 'given' else 'withdrawn' end,
         g.noted_at, g.noted_by, g.how, coalesce(g.taken_back_at, g.noted_at), g.taken_back_by, null, null, null, null, g.given_on
    from billing.given_document g;
