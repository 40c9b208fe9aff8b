-- Members: who belongs to the association, who acts for them, what their dues rest on, what is left to clarify.

-- Names sort as in a German directory; numbers inside a text count as numbers, so that M-9 stands before M-10.
create collation membership.natural (provider = icu, locale = 'de-DE-u-kn-true');

-- How a person types without thinking about accents: Hürter = Huerter, Zoé = Zoe. Search folds both sides.
create function membership.fold(value text) returns text language sql immutable strict parallel safe as $$
  select translate(replace(replace(replace(replace(lower(value collate "de-DE-x-icu"), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'),
                   'áàâãåéèêëíìîïóòôõúùûýÿçñ', 'aaaaaeeeeiiiioooouuuyycn')
$$;

create table membership.category (
  code      text     primary key check (code ~ '^[a-z][a-z_]{0,39}$'),
  name_de   text     not null check (btrim(name_de) <> ''),
  name_fr   text     not null check (btrim(name_fr) <> ''),
  name_en   text     not null check (btrim(name_en) <> ''),
  measure   text     check (measure in ('beds', 'employees', 'inhabitants')),  -- what the dues are measured by; null: a flat amount
  position  smallint not null unique
);
select platform.attach_audit('membership.category', 'code');

-- The categories of a regional health association belong to the product: the regulation names amounts for their codes.
insert into membership.category (position, code, measure, name_de, name_fr, name_en) values
  (1, 'hospital',     'beds',        'Krankenhausträger', 'Établissements hospitaliers', 'Hospital operators'),
  (2, 'insurer',      null,          'Krankenkassen', 'Caisses d’assurance maladie', 'Health insurers'),
  (3, 'welfare',      'employees',   'Wohlfahrts-, Rettungs- und Pflegeverbände', 'Associations d’aide sociale, de secours et de soins', 'Welfare, rescue and care associations'),
  (4, 'practice',     null,          'Arztpraxen und Apotheken', 'Cabinets médicaux et pharmacies', 'Medical practices and pharmacies'),
  (5, 'company',      'employees',   'Unternehmen', 'Entreprises', 'Companies'),
  (6, 'research',     null,          'Forschung und Lehre', 'Recherche et enseignement', 'Research and teaching'),
  (7, 'municipality', 'inhabitants', 'Kommunen', 'Communes', 'Municipalities'),
  (8, 'ministry',     null,          'Ministerien', 'Ministères', 'Ministries'),
  (9, 'person',       null,          'Privatpersonen', 'Particuliers', 'Private persons');

create table membership.member (
  id                   uuid primary key,
  number               text collate membership.natural not null unique check (number = btrim(number) and length(number) between 1 and 40),
  kind                 text not null check (kind in ('organisation', 'person')),
  name                 text collate "de-DE-x-icu" not null check (btrim(name) <> '' and length(name) <= 300),
  category             text not null references membership.category,
  next_category        text references membership.category,             -- a category changes at the next 1 January …
  next_category_on     date check (extract(month from next_category_on) = 1 and extract(day from next_category_on) = 1), -- … this one
  joined_on            date check (joined_on >= '1800-01-01'),          -- null: not known, a member since long ago
  left_on              date check (left_on < '2200-01-01'),             -- the last day of membership
  left_reason          text check (left_reason in ('resignation', 'exclusion', 'death', 'dissolution')),
  notice_received_on   date,                                            -- what counts for the period of notice
  addition             text not null default '' check (length(addition) <= 200),
  street               text not null default '' check (length(street) <= 200),
  postal_code          text not null default '' check (length(postal_code) <= 16),
  town                 text collate "de-DE-x-icu" not null default '' check (length(town) <= 100),
  country              text not null default 'DE' check (country ~ '^[A-Z]{2}$'),
  billing_name         text check (btrim(billing_name) <> '' and length(billing_name) <= 300), -- another recipient of documents; the member stays debtor
  billing_addition     text check (length(billing_addition) <= 200),
  billing_street       text check (length(billing_street) <= 200),
  billing_postal_code  text check (length(billing_postal_code) <= 16),
  billing_town         text check (length(billing_town) <= 100),
  billing_country      text check (billing_country ~ '^[A-Z]{2}$'),
  billing_email        text check (length(billing_email) <= 254),
  language             text not null default 'de' check (language in ('de', 'fr', 'en')),
  email                text check (length(email) between 3 and 254),
  phone                text check (length(phone) <= 60),
  no_post              boolean not null default false,
  iban                 text check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  mandate_reference    text check (length(mandate_reference) between 1 and 35),
  mandate_signed_on    date,
  payment_route        text not null default 'transfer' check (payment_route in ('transfer', 'direct_debit')),
  buyer_reference      text check (length(buyer_reference) between 1 and 60), -- Leitweg-ID, order number or Kassenzeichen
  remark               text not null default '' check (length(remark) <= 4000),
  search_text          text generated always as (
                         membership.fold(number || ' ' || name || ' ' || town || ' ' || postal_code || ' ' || coalesce(email, ''))) stored,
  search_words         tsvector generated always as (
                         setweight(to_tsvector('german', name), 'A') || setweight(to_tsvector('simple', number || ' ' || town), 'B')) stored,
  constraint member_leaves_after_joining check (left_on >= joined_on),
  constraint member_next_category check ((next_category is null) = (next_category_on is null)),
  constraint member_billing_recipient check (billing_name is not null or
    num_nonnulls(billing_addition, billing_street, billing_postal_code, billing_town, billing_country, billing_email) = 0),
  constraint member_direct_debit_needs_mandate check (payment_route = 'transfer' or
    (iban is not null and mandate_reference is not null and mandate_signed_on is not null))
);
create index member_by_name     on membership.member (name, id);
create index member_by_town     on membership.member (town, name, id);
create index member_of_category on membership.member (category);
create index member_by_entry    on membership.member (coalesce(joined_on, '-infinity'::date), id);
create index member_by_iban     on membership.member (iban) where iban is not null;
create index member_left        on membership.member (left_on) where left_on is not null;
create index member_search_text on membership.member using gin (search_text gin_trgm_ops);
create index member_search_words on membership.member using gin (search_words);
select platform.attach_audit('membership.member', 'id', 'search_text,search_words');

-- The category that counts on a day, once a change at 1 January was recorded.
create function membership.category_on(day date, category text, next_category text, next_category_on date) returns text language sql immutable parallel safe as $$
  select case when next_category_on <= day then next_category else category end
$$;

-- People act for a member; what they do there is a dated function. A contact never lends the member an address.
create table membership.contact (
  id           uuid primary key,
  member_id    uuid not null references membership.member on delete cascade,
  salutation   text not null default 'none' check (salutation in ('none', 'ms', 'mr')),
  name         text collate "de-DE-x-icu" not null check (btrim(name) <> '' and length(name) <= 200),
  email        text check (length(email) between 3 and 254),
  phone        text check (length(phone) <= 60),
  search_text  text generated always as (membership.fold(name || ' ' || coalesce(email, ''))) stored,
  unique (id, member_id)
);
create index contact_of_member on membership.contact (member_id, name);
create index contact_search_text on membership.contact using gin (search_text gin_trgm_ops);
select platform.attach_audit('membership.contact', 'id', 'search_text');

create table membership.contact_function (
  id          uuid primary key,
  contact_id  uuid not null,
  member_id   uuid not null,
  kind        text not null check (kind in ('contact', 'management', 'board', 'administration', 'accounting', 'billing', 'voting', 'deputy', 'public_relations', 'other')),
  title       text not null default '' check (length(title) <= 200),   -- what it is called there: „Geschäftsführerin“
  valid_from  date,                                                     -- null: for as long as anybody remembers
  valid_to    date,                                                     -- the last day, that day included; null: open
  foreign key (contact_id, member_id) references membership.contact (id, member_id) on delete cascade,
  constraint contact_function_other_has_title check (kind <> 'other' or btrim(title) <> ''),
  constraint contact_function_dates check (valid_to >= valid_from),
  -- one vote and one address for documents a member at any time, and nobody holds the same function twice at once
  constraint contact_function_one_holder exclude using gist (member_id with =, kind with =, daterange(valid_from, valid_to, '[]') with &&)
    where (kind in ('billing', 'voting')),
  constraint contact_function_once exclude using gist (contact_id with =, kind with =, title with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index contact_function_of_contact on membership.contact_function (contact_id);
create index contact_function_ending on membership.contact_function (valid_to) where valid_to is not null;
select platform.attach_audit('membership.contact_function');

-- What dues are measured by: one value a reference date; a value as of another date counts for a dues year only when accepted for it.
create table membership.input_value (
  id                 uuid primary key,
  member_id          uuid not null references membership.member on delete cascade,
  measure            text not null check (measure in ('beds', 'employees', 'inhabitants')),
  value              int  not null check (value between 0 and 99999999),
  as_of              date not null check (as_of between '1990-01-01' and '2199-12-31'),
  source             text not null check (source in ('self_declaration', 'list', 'register', 'office')),
  source_note        text not null default '' check (length(source_note) <= 300),  -- „Mitgliederliste, Zeile 14“
  recorded_at        timestamptz not null default now(),
  accepted_for_year  int check (accepted_for_year between 1990 and 2200),
  accepted_by        uuid,
  accepted_by_name   text,
  accepted_at        timestamptz,
  unique (member_id, measure, as_of),
  constraint input_value_accepted check ((accepted_for_year is null) = (accepted_at is null) and (accepted_at is null) = (accepted_by_name is null))
);
select platform.attach_audit('membership.input_value');

-- Dues of years before this product kept the books: only to show the difference.
create table membership.prior_dues (
  member_id  uuid not null references membership.member on delete cascade,
  year       int  not null check (year between 1950 and 2200),
  amount     numeric(14, 2) not null check (amount >= 0),
  primary key (member_id, year)
);
select platform.attach_audit('membership.prior_dues', 'member_id');

-- What a list or a person left to clarify. Without a member: a row that was not taken over (a duplicate).
create table membership.clarification (
  id                uuid primary key,
  member_id         uuid references membership.member on delete cascade,
  kind              text not null check (kind in ('billing_recipient', 'reduction', 'payment_route', 'no_post', 'iban', 'mandate', 'email', 'buyer_reference',
                      'address', 'entry_date', 'exit_date', 'input_value', 'prior_dues', 'category', 'contact', 'duplicate', 'remark')),
  text              text not null check (btrim(text) <> '' and length(text) <= 2000),  -- what is unclear, for a person
  value             text not null default '' check (length(value) <= 2000),            -- what the cell said
  source            text not null default '' check (length(source) <= 300),            -- the file
  source_row        int  check (source_row > 0),
  import_id         uuid,
  created_at        timestamptz not null default now(),
  state             text not null default 'open' check (state in ('open', 'done')),
  resolution        text check (length(resolution) <= 1000),
  resolved_by       uuid,
  resolved_by_name  text,
  resolved_at       timestamptz,
  constraint clarification_done check ((state = 'done') = (resolved_at is not null) and (resolved_at is null) = (resolution is null))
);
create index clarification_open on membership.clarification (kind, created_at) where state = 'open';
create index clarification_of_member on membership.clarification (member_id);
select platform.attach_audit('membership.clarification');
