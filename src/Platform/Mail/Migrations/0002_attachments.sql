-- A mail carries several files of the archive; what a module may know of its mails stands in a view of its own (docs/decisions/0031).
create table mail.attachment (
  mail_id  uuid not null references mail.outgoing_mail,
  place    int  not null check (place > 0),
  file_id  uuid not null references platform.archive_file,
  primary key (mail_id, place)
);
insert into mail.attachment (mail_id, place, file_id) select id, 1, attachment_id from mail.outgoing_mail where attachment_id is not null;

create function mail.keep_attachments() returns trigger language plpgsql as $$
begin
  raise exception 'What goes with a mail stays as it was written' using errcode = 'AS001';
end $$;
create trigger append_only before update or delete on mail.attachment for each row execute function mail.keep_attachments();

alter table mail.outgoing_mail drop column attachment_id;

-- How far the mail of a purpose came: modules join their own rows to it, so that nobody keeps a second state beside the mail's own.
create view platform.mail_status as
  select purpose, id as mail_id, state, recipient_address, coalesce(settled_at, attempted_at, created_at) as at, last_step, last_fault, last_reply
    from mail.outgoing_mail;
