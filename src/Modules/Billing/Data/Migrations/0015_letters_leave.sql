-- Statements of account and letters leave like invoices, and what left by other means is noted (docs/decisions/0031).

-- What goes to a member besides claims: a statement of account, made once for one period, or a letter that the office wrote. Its file may be made after it.
create table billing.letter (
  id          uuid primary key,
  sequence    int         not null generated always as identity unique,
  kind        text        not null check (kind in ('statement', 'letter')),
  number      text        not null generated always as (case kind when 'statement' then 'KA-' else 'BF-' end || sequence::text) stored unique,
  account_id  uuid        not null references billing.account,
  from_day    date,                                                        -- of a statement; null: from the beginning
  to_day      date,
  email       text,                                                        -- of a letter: the member's own, whoever gets its invoices
  origin_id   uuid,                                                        -- of a letter: what it was written in, Membership's serial letter
  created_at  timestamptz not null,
  created_by  text        not null,
  check (from_day <= to_day),
  check ((kind = 'statement') = (to_day is not null)),
  check ((kind = 'letter') = (origin_id is not null)),
  check (kind = 'letter' or email is null),
  unique (origin_id, account_id)
);
create index letter_account on billing.letter (account_id);
select billing.make_final('billing.letter', 'What was made stays; another one is made anew.');
create table billing.letter_document (
  letter_id        uuid primary key references billing.letter,
  archive_file_id  uuid        not null unique references platform.archive_file,
  recipient        jsonb       not null,                                   -- PrintedAddress, as printed
  rendered_at      timestamptz not null default now()                      -- by the clock of the postings: a statement tells of those before it
);
select billing.make_final('billing.letter_document', 'A letter stays as it was made.');

-- What is mailed or printed is a claim's document, or one of these.
alter table billing.mailed_document
  alter column invoice_id drop not null,
  add column letter_id uuid references billing.letter,
  add check (num_nonnulls(invoice_id, letter_id) = 1);
create index mailed_document_of on billing.mailed_document (coalesce(invoice_id, letter_id));
drop index billing.mailed_document_invoice;
alter table billing.print_document
  alter column invoice_id drop not null,
  add column letter_id uuid references billing.letter,
  add check (num_nonnulls(invoice_id, letter_id) = 1);
create index print_document_of on billing.print_document (coalesce(invoice_id, letter_id));

-- A document that was given to its member otherwise: by hand, or before the office sent documents. It no longer waits, until that is taken back.
create table billing.given_document (
  id               uuid primary key,
  note_id          uuid        not null,                                   -- noted in one go
  archive_file_id  uuid        not null references platform.archive_file,  -- these bytes
  invoice_id       uuid references billing.invoice,
  letter_id        uuid references billing.letter,
  account_id       uuid        not null references billing.account,
  given_on         date        not null,
  how              text        not null check (btrim(how) <> '' and length(how) <= 200 and how !~ '[[:cntrl:]]'),
  noted_at         timestamptz not null,
  noted_by         text        not null,
  taken_back_at    timestamptz,
  taken_back_by    text,
  check (num_nonnulls(invoice_id, letter_id) = 1),
  check (num_nulls(taken_back_at, taken_back_by) in (0, 2))
);
create unique index given_document_once on billing.given_document (archive_file_id) where taken_back_at is null;
create index given_document_note on billing.given_document (note_id);
create index given_document_of on billing.given_document (coalesce(invoice_id, letter_id));
create index given_document_account on billing.given_document (account_id);
select platform.attach_audit('billing.given_document');

create function billing.keep_given() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.taken_back_at is not null
     or to_jsonb(new) - 'taken_back_at' - 'taken_back_by' <> to_jsonb(old) - 'taken_back_at' - 'taken_back_by' then
    raise exception 'What was noted as given stays; it is taken back once' using errcode = 'AS001';
  end if;
  return new;
end $$;
create trigger keep before update or delete on billing.given_document for each row execute function billing.keep_given();

-- Their documents have other names from here on; the files in Functions make them anew.
drop view if exists billing.delivery;
drop view if exists billing.delivery_waiting;
