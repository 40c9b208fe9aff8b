-- Invoices, open items and journal are searched by name as members are: „Yildiz“ finds „Yıldız“.
alter table billing.account add column search_name text not null generated always as (platform.fold(name)) stored;
create index account_search_name on billing.account using gin (search_name gin_trgm_ops);
drop index billing.account_name;
