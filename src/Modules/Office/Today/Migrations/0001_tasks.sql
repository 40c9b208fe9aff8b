-- Who takes a task of the page Heute, and until when it is put off. A task is what is to be done at an address of the office.
create table today.arrangement (
  task             text        primary key check (task like '/office%' and length(task) <= 400),
  assigned_to      uuid,
  assigned_name    text,
  put_off_until    date,                                  -- it is back on that day
  put_off_reason   text        check (btrim(put_off_reason) <> '' and length(put_off_reason) <= 300),
  changed_by_name  text        not null,
  changed_at       timestamptz not null,
  constraint arrangement_person check ((assigned_to is null) = (assigned_name is null)),
  constraint arrangement_put_off check ((put_off_until is null) = (put_off_reason is null))
);
select platform.attach_audit('today.arrangement', 'task');
