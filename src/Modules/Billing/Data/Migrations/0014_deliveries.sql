-- How documents leave the house: by mail, on paper, or both (docs/decisions/0031).

-- What the member wants, where it is not „by mail, else on paper“.
create table billing.delivery_choice (
  account_id  uuid primary key references billing.account,
  routes      text not null check (routes in ('paper', 'both'))
);
select platform.attach_audit('billing.delivery_choice', 'account_id');

-- Documents sent in one go: the mails are handed over chunk by chunk, what is for paper is a print batch.
create table billing.sending (
  id              uuid primary key,
  number          int         not null generated always as identity unique,
  run_id          uuid,                                              -- only documents of this dues run; null: all that wait
  work_id         uuid references platform.long_work,                -- handing over the mails; null: none of them goes by mail
  print_batch_id  uuid references billing.print_batch,               -- null: none of them goes on paper
  created_at      timestamptz not null,
  created_by      text        not null,
  check (num_nulls(work_id, print_batch_id) < 2)
);
select platform.attach_audit('billing.sending');

-- A document that was handed over to the outgoing mail, in the transaction that wrote the mail. The key is what keeps it from being mailed twice: a second
-- first attempt is refused, whoever makes it.
create table billing.mailed_document (
  archive_file_id  uuid        not null references platform.archive_file,  -- these bytes
  attempt          int         not null check (attempt > 0),
  invoice_id       uuid        not null references billing.invoice,
  account_id       uuid        not null references billing.account,
  sending_id       uuid references billing.sending,                        -- null: sent by itself
  purpose          text        not null,                                   -- of the mail, which one recipient's documents share
  address          text        not null,
  handed_over_at   timestamptz not null,
  handed_over_by   text        not null,
  primary key (archive_file_id, attempt)
);
create index mailed_document_invoice on billing.mailed_document (invoice_id);
create index mailed_document_account on billing.mailed_document (account_id);
create index mailed_document_sending on billing.mailed_document (sending_id) where sending_id is not null;
select billing.make_final('billing.mailed_document', 'What was handed over stays; sending it again is a further attempt.');

-- The server took it, and it came back all the same.
create table billing.returned_mail (
  archive_file_id  uuid        not null,
  attempt          int         not null,
  noted_at         timestamptz not null,
  noted_by         text        not null,
  primary key (archive_file_id, attempt),
  foreign key (archive_file_id, attempt) references billing.mailed_document
);
select billing.make_final('billing.returned_mail', 'What came back stays noted; sending it again is a further attempt.');
