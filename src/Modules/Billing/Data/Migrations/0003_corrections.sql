-- Corrections of what was issued: forgiving an open remainder by resolution, undoing that, and telling a claim to somebody else.

-- What was waived was given up for good. What was written off is only no longer expected: money that still comes is income of its own.
alter table billing.ledger_account drop constraint ledger_account_code_check;
alter table billing.ledger_account add constraint ledger_account_code_check
  check (code in ('receivables', 'credit', 'bank', 'dues_income', 'waived', 'written_off', 'recovered'));
insert into billing.ledger_account (code, number) values
  ('recovered',   '4925'),  -- Erträge aus abgeschriebenen Forderungen
  ('written_off', '6930'),  -- Forderungsverluste
  ('waived',      '6935');  -- Erlassene Beiträge

alter table billing.posting drop constraint posting_kind_check;
alter table billing.posting add constraint posting_kind_check
  check (kind in ('invoice', 'cancellation', 'payment', 'set_off', 'waiver', 'write_off', 'reversal'));
alter table billing.posting add column reverses_id uuid unique references billing.posting; -- a posting is reversed once
alter table billing.posting add constraint posting_reversal check ((kind = 'reversal') = (reverses_id is not null));
create index posting_line_forgiven on billing.posting_line (posting_id) where ledger_account in ('waived', 'written_off', 'recovered'); -- few, read with every list

-- What was forgiven on an invoice and not taken back, and what came in although it was written off.
create view billing.forgiven as
  select p.invoice_id,
         coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'waived'), 0) as waived,
         coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'written_off'), 0) as written_off,
         coalesce(sum(l.credit - l.debit) filter (where l.ledger_account = 'recovered'), 0) as recovered
    from billing.posting p join billing.posting_line l on l.posting_id = p.id
   where l.ledger_account in ('waived', 'written_off', 'recovered')
   group by p.invoice_id;

-- A resolution to forgive what is open on an invoice (Erlass, Ausbuchung); from an amount on a second person agrees before it is posted.
create table billing.claim_relief (
  id                 uuid primary key,
  invoice_id         uuid          not null references billing.invoice,
  kind               text          not null check (kind in ('waiver', 'write_off')),
  amount             numeric(14,2) not null check (amount > 0),
  resolved_by        text          not null check (btrim(resolved_by) <> '' and length(resolved_by) <= 200),
  resolved_on        date          not null,
  resolution         text          not null check (btrim(resolution) <> '' and length(resolution) <= 1000),
  state              text          not null check (state in ('requested', 'posted', 'withdrawn', 'reversed')),
  requested_by       uuid          not null,
  requested_by_name  text          not null,
  requested_at       timestamptz   not null,
  needs_second       boolean       not null,
  approved_by        uuid,
  approved_by_name   text,
  approved_at        timestamptz,
  posting_id         uuid unique   references billing.posting,
  reversal_id        uuid unique   references billing.posting,
  constraint claim_relief_four_eyes check (approved_by <> requested_by),
  constraint claim_relief_approved check ((approved_by is null) = (approved_at is null) and (approved_by is null) = (approved_by_name is null)),
  constraint claim_relief_second check (not needs_second or approved_by is not null or state in ('requested', 'withdrawn')),
  constraint claim_relief_posted check ((state in ('posted', 'reversed')) = (posting_id is not null) and (state = 'reversed') = (reversal_id is not null))
);
create unique index claim_relief_live on billing.claim_relief (invoice_id) where state in ('requested', 'posted');
select platform.attach_audit('billing.claim_relief');

-- The same claim told to another recipient: a further document of the invoice (Ausfertigung). The first one stays as it was sent.
create table billing.invoice_edition (
  invoice_id          uuid        not null references billing.invoice,
  edition             int         not null check (edition >= 2),             -- 1 is the invoice as it was first issued
  content             jsonb       not null,                                  -- InvoiceContent
  letterhead_version  int         not null references platform.association_profile (version),
  reason              text        not null check (btrim(reason) <> '' and length(reason) <= 300),
  issued_on           date        not null,
  issued_at           timestamptz not null default now(),
  issued_by           text        not null,
  primary key (invoice_id, edition)
);
create table billing.invoice_edition_document (
  invoice_id       uuid        not null,
  edition          int         not null,
  archive_file_id  uuid        not null unique references platform.archive_file,
  rendered_at      timestamptz not null default now(),
  primary key (invoice_id, edition),
  foreign key (invoice_id, edition) references billing.invoice_edition
);
select billing.make_final('billing.invoice_edition', 'A document that was issued stays; another recipient gets a further one.');
select billing.make_final('billing.invoice_edition_document', 'A sent document stays as it was sent.');

-- Only who gets the document and under which references may differ; what is claimed, until when and how it is paid is the invoice's.
create function billing.keep_claim_of_editions() returns trigger language plpgsql as $$
declare
  told text[] := array['recipient', 'buyerReference', 'purchaseOrder', 'leitwegId', 'edition'];
  original billing.invoice;
begin
  select * into original from billing.invoice where id = new.invoice_id for no key update;
  if original.kind <> 'invoice' or exists (select from billing.invoice c where c.cancels_id = new.invoice_id) then
    raise exception '% is a cancellation or cancelled: it is not issued again', original.number using errcode = 'AS002';
  end if;
  if new.edition <> (select count(*) + 2 from billing.invoice_edition e where e.invoice_id = new.invoice_id) then
    raise exception 'The documents of % are numbered without gap', original.number using errcode = 'AS002';
  end if;
  if jsonb_strip_nulls(new.content - told) is distinct from jsonb_strip_nulls(original.content - told) then
    raise exception 'The claim of % stays: only recipient and references may differ', original.number using errcode = 'AS002';
  end if;
  return new;
end $$;
create trigger keep_claim before insert on billing.invoice_edition for each row execute function billing.keep_claim_of_editions();

-- What is sent and printed today: the newest document that is made, with the content of the newest edition.
create view billing.current_document as
  select d.invoice_id, coalesce(e.archive_file_id, d.archive_file_id) as archive_file_id, coalesce(e.edition, 1) as edition
    from billing.invoice_document d
    left join lateral (select x.archive_file_id, x.edition from billing.invoice_edition_document x
                        where x.invoice_id = d.invoice_id order by x.edition desc limit 1) e on true;
create view billing.current_content as
  select i.id as invoice_id, coalesce(e.content, i.content) as content, coalesce(e.edition, 1) as edition
    from billing.invoice i
    left join lateral (select x.content, x.edition from billing.invoice_edition x where x.invoice_id = i.id order by x.edition desc limit 1) e on true;
