-- Reports that were made for the board: who made which, and the very file. What the board got is never made anew.
create table board.report (
  id               uuid        primary key,
  period_from      date        not null,
  period_to        date        not null check (period_to >= period_from),
  language         text        not null check (language in ('de', 'fr', 'en')),
  archive_file_id  uuid        not null unique references platform.archive_file,
  controls_hold    boolean     not null,                    -- whether every control line was zero
  created_at       timestamptz not null,
  created_by       uuid,
  created_by_name  text        not null
);
create index report_latest on board.report (created_at desc);
select platform.make_append_only('board.report');
