-- Revision 2
-- Each request of a self-declaration with how far it is. A value of the reference date that came in another way settles what nobody answered. Whose last mail
-- the server refused was not reached by it: refused_address is where, as long as nothing else was sent.
create or replace view membership.declaration as
select q.*, r.year, r.reference_date, r.closed_at, m.number, m.name, m.search_text, m.phone, m.email, m.language, m.category,
       sent.number as last_number, sent.sent_at, sent.purpose, known.id is not null as has_value,
       case when q.accepted_at is not null then 'confirmed'
            when q.withdrawn_at is not null then 'withdrawn'
            when q.answered_at is not null then case when q.deviates then 'implausible' else 'answered' end
            when known.id is not null then 'settled'
            when q.drafted_at is not null then 'draft'
            when q.way = 'none' or sent.refused_address is not null then 'unreachable'
            else 'open' end as state,
       sent.refused_address, case when sent.refused_address is not null then 'mail_refused' else q.obstacle end as hindrance
  from membership.declaration_request q
  join membership.declaration_round r on r.id = q.round_id
  join membership.member m on m.id = q.member_id
  left join lateral (select s.number, s.sent_at, s.purpose, case when l.state = 'refused' then s.address end as refused_address
                       from membership.declaration_sending s left join platform.mail_status l on l.purpose = s.purpose
                      where s.request_id = q.id order by s.number desc limit 1) sent
    on true
  left join lateral (select v.id from membership.input_value v
                      where v.member_id = q.member_id and v.measure = q.measure and (v.as_of = r.reference_date or v.accepted_for_year = r.year)
                      limit 1) known on true;
