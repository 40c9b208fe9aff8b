-- Search knew only the accents of western Europe: „Yildiz“ did not find „Yıldız“, „Lodz“ not „Łódź“. The folded columns are made again by platform.fold.
alter table membership.member drop column search_text;
alter table membership.member add column search_text text generated always as (
  platform.fold(number || ' ' || name || ' ' || town || ' ' || postal_code || ' ' || coalesce(email, ''))) stored;
create index member_search_text on membership.member using gin (search_text gin_trgm_ops);

alter table membership.contact drop column search_text;
alter table membership.contact add column search_text text generated always as (platform.fold(name || ' ' || coalesce(email, ''))) stored;
create index contact_search_text on membership.contact using gin (search_text gin_trgm_ops);

alter table membership.member_note drop column search_text;
alter table membership.member_note add column search_text text generated always as (platform.fold(note)) stored;
create index member_note_search_text on membership.member_note using gin (search_text gin_trgm_ops);

alter table membership.member_file drop column search_text;
alter table membership.member_file add column search_text text generated always as (platform.fold(name)) stored;
create index member_file_search_text on membership.member_file using gin (search_text gin_trgm_ops);

drop function membership.fold(text);
