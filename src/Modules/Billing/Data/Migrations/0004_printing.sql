-- What goes out on paper: letters that explain an invoice, and batches for printer and folding machine.

-- A letter that lies in front of invoices; every version of its wording stays.
create table billing.cover_letter (
  id    uuid primary key,
  name  text not null check (btrim(name) <> '' and length(name) <= 80)
);
create unique index cover_letter_name on billing.cover_letter (lower(name));
select platform.attach_audit('billing.cover_letter');

create table billing.cover_letter_version (
  letter_id  uuid        not null references billing.cover_letter,
  version    int         not null check (version > 0),
  wording    jsonb       not null,                             -- language -> CoverWording
  saved_at   timestamptz not null default now(),
  saved_by   text        not null,
  primary key (letter_id, version)
);
select billing.make_final('billing.cover_letter_version', 'A wording that was saved stays; a change is a new version.');

-- What is printed in one go: chosen once, sorted, kept as one file.
create table billing.print_batch (
  id              uuid primary key,
  number          int         not null generated always as identity unique,
  letter_id       uuid,
  letter_version  int,
  reason          text        not null default '' check (length(reason) <= 500), -- for the letters' field
  duplex          boolean     not null,
  language        text        not null check (language in ('de', 'fr', 'en')),   -- of the list for the office
  work_id         uuid        not null references platform.long_work,
  envelopes       int         not null check (envelopes > 0),
  documents       int         not null check (documents >= envelopes),
  sheets          int,                                                            -- known once it is made
  print_file_id   uuid unique references platform.archive_file,
  list_file_id    uuid unique references platform.archive_file,
  created_at      timestamptz not null,
  created_by      text        not null,
  printed_at      timestamptz,
  printed_by      text,
  sent_at         timestamptz,
  sent_by         text,
  dissolved_at    timestamptz,
  dissolved_by    text,
  foreign key (letter_id, letter_version) references billing.cover_letter_version,
  constraint print_batch_letter check ((letter_id is null) = (letter_version is null)),
  constraint print_batch_made check (num_nulls(sheets, print_file_id, list_file_id) in (0, 3)),
  constraint print_batch_printed check ((printed_at is null) = (printed_by is null) and (printed_at is null or print_file_id is not null)),
  constraint print_batch_sent check ((sent_at is null) = (sent_by is null) and (sent_at is null or printed_at is not null)),
  constraint print_batch_dissolved check ((dissolved_at is null) = (dissolved_by is null) and (dissolved_at is null or printed_at is null))
);
select platform.attach_audit('billing.print_batch');

-- One envelope a member and address.
create table billing.print_envelope (
  id             uuid primary key,
  batch_id       uuid  not null references billing.print_batch,
  account_id     uuid  not null references billing.account,
  address        jsonb not null,                               -- PrintedAddress, as on the documents in it
  cover_file_id  uuid unique references platform.archive_file, -- the letter that lies in front
  sheets         int check (sheets > 0),
  position       int check (position > 0),                     -- as sorted for the folding machine
  unique (batch_id, account_id, address),
  unique (batch_id, position)
);
create index print_envelope_unmade on billing.print_envelope (batch_id) where sheets is null;

create table billing.print_document (
  envelope_id      uuid    not null references billing.print_envelope,
  place            int     not null check (place > 0),         -- within the envelope
  invoice_id       uuid    not null references billing.invoice,
  archive_file_id  uuid    not null references platform.archive_file, -- these bytes, whatever is issued for the claim later
  live             boolean not null default true,              -- false once the batch is dissolved
  primary key (envelope_id, place)
);
create unique index print_document_once on billing.print_document (archive_file_id) where live; -- no document goes out in two batches
create index print_document_invoice on billing.print_document (invoice_id);
