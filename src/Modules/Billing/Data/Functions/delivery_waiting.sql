-- Revision 3
-- What still has to leave: of every claim the newest document, and every statement, reminder and letter, if it is made, not taken back meanwhile, not given
-- otherwise, and not on the way its recipient wants. The page of a dues run, the page Heute, the print batch and the verb all count by this one.
--   by_mail   has an address, and was not handed over (or was taken back before it left)
--   by_paper  is wanted on paper, or the mail came to nothing
--   neither   nothing reaches this recipient
-- A cancelled invoice that was never sent is not sent any more; its cancellation is, because nobody knows what was handed over otherwise.
create or replace view billing.delivery_waiting as
  with mailed as (
    select distinct on (m.archive_file_id) m.archive_file_id, m.attempt,
           case when r.archive_file_id is not null or s.state is null or s.state in ('refused', 'expired') then 'failed'
                when s.state = 'withdrawn' then 'none' else 'good' end as outcome
      from billing.mailed_document m
      left join platform.mail_status s on s.purpose = m.purpose
      left join billing.returned_mail r on r.archive_file_id = m.archive_file_id and r.attempt = m.attempt
     order by m.archive_file_id, m.attempt desc),
  document as (
    select d.*, a.no_post, a.language, coalesce(m.attempt, 0) + 1 as attempt,
           coalesce(m.outcome, 'none') as mail, p.archive_file_id is not null as printed, coalesce(w.routes, 'automatic') as routes
      from billing.deliverable d join billing.account a on a.id = d.account_id
      left join billing.delivery_choice w on w.account_id = d.account_id
      left join billing.print_document p on p.archive_file_id = d.file and p.live
      left join mailed m on m.archive_file_id = d.file
     where d.file is not null and not d.is_cancelled
       and not exists (select from billing.given_document g where g.archive_file_id = d.file and g.taken_back_at is null)),
  routed as (
    select document.*,
           mail = 'none' and email is not null and (not printed or routes = 'both') and (routes <> 'paper' or no_post) as by_mail,
           not printed and not no_post
             and (mail = 'failed' or routes = 'both' or (mail = 'none' and (routes = 'paper' or email is null))) as by_paper
      from document)
  select document_id, account_id, run_id, number, series, year, sequence, kind, purpose, issued_on, issued_at, file, address, email, no_post, language, attempt,
         mail = 'failed' as failed, by_mail, by_paper
    from routed where by_mail or by_paper or (not printed and mail <> 'good');
