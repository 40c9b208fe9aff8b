-- Accounts, invoices and the receivables ledger.
--
-- Books are append-only, and they are written lines first: the head row (invoice, posting) comes last and seals its lines.
-- The triggers that seal look at a whole statement at once, so that a run of 100,000 invoices pays for them once a chunk.

-- One account per member. Everything beside the two ids is a copy that Membership's messages refresh; issued documents
-- never read it again, they have their own snapshot.
create table billing.account (
  id                uuid primary key,
  member_id         uuid        not null unique,
  member_number     text        not null,
  name              text        not null,
  category          text        not null,
  language          text        not null check (language in ('de', 'fr', 'en')),
  recipient         jsonb       not null,            -- PrintedAddress
  email             text,
  no_post           boolean     not null,
  iban              text,
  mandate_reference text,
  mandate_signed_on date,
  payment_route     text        not null check (payment_route in ('transfer', 'direct_debit')),
  buyer_reference   text,
  refreshed_at      timestamptz not null default now(),
  check (payment_route = 'transfer' or (iban is not null and mandate_reference is not null))
);
create index account_member_number on billing.account (member_number);
create index account_name on billing.account using gin (name gin_trgm_ops);

-- The counter behind the numbers: drawn by UPDATE … RETURNING in the issuing transaction, which holds the row until it commits.
create table billing.number_series (
  series      text not null check (series in ('BR', 'ST')),  -- Beitragsrechnung, Storno
  year        int  not null check (year between 2000 and 2999),
  last_number int  not null check (last_number >= 0),
  primary key (series, year)
);

create table billing.invoice (
  id                 uuid primary key,
  series             text          not null,
  year               int           not null,                 -- of issue
  sequence           int           not null check (sequence > 0),
  number             text          not null generated always as
                       (series || '-' || year::text || '-' || lpad(sequence::text, greatest(5, length(sequence::text)), '0')) stored unique,
  kind               text          not null check (kind in ('invoice', 'cancellation')),
  account_id         uuid          not null references billing.account,
  charge_id          uuid          not null,                 -- Membership's claim that this document tells, or takes back
  run_id             uuid,                                   -- the dues run; null on cancellations
  dues_year          int           not null,
  issued_on          date          not null,
  due_on             date          not null,
  amount             numeric(14,2) not null,                 -- negative on cancellations
  payment_route      text          not null check (payment_route in ('transfer', 'direct_debit')),
  payment_text       text          not null check (length(payment_text) <= 140),
  iban               text,                                   -- frozen with the mandate: what the pre-notification says stays
  mandate_reference  text,
  collect_on         date,
  regulation         text          not null,
  letterhead_version int           not null references platform.association_profile (version),
  content            jsonb         not null,                 -- InvoiceContent: every fact that is printed
  cancels_id         uuid unique   references billing.invoice,
  cancel_reason      text,
  issued_at          timestamptz   not null default now(),
  issued_by          text          not null,
  unique (series, year, sequence),
  foreign key (series, year) references billing.number_series (series, year),
  check (extract(year from issued_on) = year),
  check ((kind = 'invoice') = (series = 'BR') and (kind = 'cancellation') = (series = 'ST')),
  check ((kind = 'invoice' and amount > 0) or (kind = 'cancellation' and amount < 0)),
  check ((kind = 'cancellation') = (cancels_id is not null) and (kind = 'cancellation') = (cancel_reason is not null)),
  check (due_on >= issued_on),
  check (payment_route = 'transfer' or (iban is not null and mandate_reference is not null and collect_on >= due_on))
);
create unique index invoice_charge on billing.invoice (charge_id) where kind = 'invoice'; -- no charge is invoiced twice
create index invoice_account on billing.invoice (account_id);
create index invoice_run on billing.invoice (run_id) where run_id is not null;
create index invoice_number_search on billing.invoice using gin (number gin_trgm_ops);

create table billing.invoice_line (
  invoice_id uuid          not null references billing.invoice deferrable initially deferred,
  position   int           not null check (position > 0),
  text       text          not null,
  amount     numeric(14,2) not null,
  primary key (invoice_id, position)
);

-- The PDF that was issued, rendered once.
create table billing.invoice_document (
  invoice_id      uuid primary key references billing.invoice,
  archive_file_id uuid        not null unique references platform.archive_file,
  rendered_at     timestamptz not null default now()
);

-- The ledger: a subledger of receivables. Numbers follow SKR 42.
create table billing.ledger_account (
  code     text primary key check (code in ('receivables', 'credit', 'bank', 'dues_income')),
  number   text not null unique
);
insert into billing.ledger_account (code, number) values
  ('receivables', '1200'),  -- Forderungen gegen Mitglieder, per member account and invoice
  ('bank',        '1800'),  -- Bank
  ('credit',      '3500'),  -- Guthaben der Mitglieder, per member account
  ('dues_income', '4000');  -- Mitgliedsbeiträge

create table billing.posting (
  id         uuid primary key,
  sequence   bigint      not null generated always as identity unique,   -- order of the journal
  kind       text        not null check (kind in ('invoice', 'cancellation', 'payment', 'set_off')),
  booked_on  date        not null,                              -- the day it entered the books
  dated_on   date        not null check (dated_on <= booked_on), -- the day it happened: issue, receipt of the money
  invoice_id uuid references billing.invoice deferrable initially deferred, -- the document that it posts, or the invoice that was paid
  text       text        not null,
  posted_at  timestamptz not null default now(),
  posted_by  text        not null
);
create unique index posting_of_document on billing.posting (invoice_id) where kind in ('invoice', 'cancellation');
create index posting_booked_on on billing.posting (booked_on, sequence);

create table billing.posting_line (
  posting_id     uuid          not null references billing.posting deferrable initially deferred,
  position       int           not null check (position > 0),
  ledger_account text          not null references billing.ledger_account,
  account_id     uuid references billing.account,
  invoice_id     uuid references billing.invoice deferrable initially deferred, -- the open item that it opens or settles
  debit          numeric(14,2) not null default 0 check (debit >= 0),
  credit         numeric(14,2) not null default 0 check (credit >= 0),
  primary key (posting_id, position),
  check ((debit > 0) <> (credit > 0)),
  check ((ledger_account in ('receivables', 'credit')) = (account_id is not null)),
  check ((ledger_account = 'receivables') = (invoice_id is not null))
);
create index posting_line_invoice on billing.posting_line (invoice_id) include (debit, credit) where invoice_id is not null;
create index posting_line_account on billing.posting_line (account_id, ledger_account) include (debit, credit) where account_id is not null;

-- What is still to be paid on an invoice, and what an account has in hand.
create view billing.open_item as
  select invoice_id, account_id, sum(debit - credit) as open from billing.posting_line
   where ledger_account = 'receivables' group by invoice_id, account_id having sum(debit - credit) <> 0;
create view billing.credit_balance as
  select account_id, sum(credit - debit) as balance from billing.posting_line
   where ledger_account = 'credit' group by account_id having sum(credit - debit) <> 0;

-- Final is final: the database refuses, and says what to do instead.
create function billing.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on %.% is refused: its rows are final', tg_op, tg_table_schema, tg_table_name using errcode = 'AS001', hint = tg_argv[0];
end $$;

create function billing.make_final(book regclass, instead text) returns void language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function billing.refuse_change(%L)', book, instead);
  execute format('create trigger append_only_truncate before truncate on %s for each statement execute function billing.refuse_change(%L)', book, instead);
end $$;

select billing.make_final('billing.invoice', 'An issued invoice is cancelled (Storno), never changed or deleted.');
select billing.make_final('billing.invoice_line', 'An issued invoice is cancelled (Storno), never changed or deleted.');
select billing.make_final('billing.invoice_document', 'A sent document stays as it was sent; a correction is a cancellation and a new invoice.');
select billing.make_final('billing.posting', 'A posting is reversed by another posting, never changed or deleted.');
select billing.make_final('billing.posting_line', 'A posting is reversed by another posting, never changed or deleted.');

-- Lines are refused once their head is there.
create function billing.refuse_sealed_invoice_lines() returns trigger language plpgsql as $$
begin
  if exists (select from added a join billing.invoice i on i.id = a.invoice_id) then
    raise exception 'The invoice is issued: it takes no further lines' using errcode = 'AS001';
  end if;
  return null;
end $$;
create trigger sealed after insert on billing.invoice_line referencing new table as added
  for each statement execute function billing.refuse_sealed_invoice_lines();

create function billing.refuse_sealed_posting_lines() returns trigger language plpgsql as $$
begin
  if exists (select from added a join billing.posting p on p.id = a.posting_id) then
    raise exception 'The posting is made: it takes no further lines' using errcode = 'AS001';
  end if;
  return null;
end $$;
create trigger sealed after insert on billing.posting_line referencing new table as added
  for each statement execute function billing.refuse_sealed_posting_lines();

-- A posting balances. What it pays off was open, what it takes from a credit was there; both are looked at under a lock,
-- so that two payments at once cannot pay the same euro.
create function billing.seal_postings() returns trigger language plpgsql as $$
begin
  if exists (select from added a left join billing.posting_line l on l.posting_id = a.id
              group by a.id having coalesce(sum(l.debit), 0) = 0 or sum(l.debit) <> sum(l.credit)) then
    raise exception 'A posting does not balance' using errcode = 'AS002';
  end if;

  perform from billing.invoice i where i.id in (
      select l.invoice_id from added a join billing.posting_line l on l.posting_id = a.id where l.ledger_account = 'receivables' and l.credit > 0)
    order by i.id for no key update;
  if exists (select from billing.posting_line l where l.ledger_account = 'receivables' and l.invoice_id in (
                 select s.invoice_id from added a join billing.posting_line s on s.posting_id = a.id where s.ledger_account = 'receivables' and s.credit > 0)
              group by l.invoice_id having sum(l.debit) < sum(l.credit)) then
    raise exception 'More is paid on an invoice than is open' using errcode = 'AS002';
  end if;

  perform from billing.account c where c.id in (
      select l.account_id from added a join billing.posting_line l on l.posting_id = a.id where l.ledger_account = 'credit' and l.debit > 0)
    order by c.id for no key update;
  if exists (select from billing.posting_line l where l.ledger_account = 'credit' and l.account_id in (
                 select s.account_id from added a join billing.posting_line s on s.posting_id = a.id where s.ledger_account = 'credit' and s.debit > 0)
              group by l.account_id having sum(l.credit) < sum(l.debit)) then
    raise exception 'More credit is used than there is' using errcode = 'AS002';
  end if;
  return null;
end $$;
create trigger sealed after insert on billing.posting referencing new table as added
  for each statement execute function billing.seal_postings();

-- An invoice is the sum of its lines and is posted; a cancellation takes back exactly what it cancels.
create function billing.seal_invoices() returns trigger language plpgsql as $$
declare wrong text;
begin
  select min(a.number) into wrong from added a
   where a.amount is distinct from (select sum(l.amount) from billing.invoice_line l where l.invoice_id = a.id);
  if wrong is not null then
    raise exception 'The lines of % do not add up to its amount', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a
   where a.amount is distinct from (select sum(l.credit - l.debit) from billing.posting p join billing.posting_line l on l.posting_id = p.id
                                     where p.invoice_id = a.id and p.kind = a.kind and l.ledger_account = 'dues_income');
  if wrong is not null then
    raise exception '% is not posted with its amount', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a join billing.invoice o on o.id = a.cancels_id
   where (o.kind, o.account_id, o.charge_id, -o.amount) is distinct from ('invoice', a.account_id, a.charge_id, a.amount);
  if wrong is not null then
    raise exception '% does not take back what it cancels', wrong using errcode = 'AS002';
  end if;

  select min(a.number) into wrong from added a join billing.number_series s on s.series = a.series and s.year = a.year
   where a.sequence > s.last_number;
  if wrong is not null then
    raise exception 'The number % was not drawn', wrong using errcode = 'AS002';
  end if;
  return null;
end $$;
create trigger sealed after insert on billing.invoice referencing new table as added
  for each statement execute function billing.seal_invoices();

-- Gapless by construction: a counter only moves by as many numbers as documents are issued with in the same transaction.
create function billing.keep_series_gapless() returns trigger language plpgsql as $$
declare
  before int := case when tg_op = 'UPDATE' then old.last_number else 0 end;
begin
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (new.series, new.year) <> (old.series, old.year)) or new.last_number < before then
    raise exception 'A series of numbers only counts on' using errcode = 'AS001';
  end if;
  if (select count(*) from billing.invoice i where i.series = new.series and i.year = new.year and i.sequence > before and i.sequence <= new.last_number)
     <> new.last_number - before then
    raise exception 'A number of % % was drawn and not used', new.series, new.year using errcode = 'AS002';
  end if;
  return null;
end $$;
create constraint trigger gapless after insert or update or delete on billing.number_series
  deferrable initially deferred for each row execute function billing.keep_series_gapless();
create trigger append_only_truncate before truncate on billing.number_series
  for each statement execute function billing.refuse_change('A series of numbers only counts on.');
