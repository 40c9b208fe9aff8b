-- Four eyes, for any table: who asked, who agreed, who gave it up or did not agree and why. Whoever agrees is not who asked.
-- A table that has some of the columns already keeps them; asked: what asking is called there (requested_by, submitted_by).
create function platform.attach_approval(kept regclass, asked text default 'requested') returns void language plpgsql as $$
declare
  title text := (select relname from pg_class where oid = kept);
begin
  execute format($sql$
    alter table %1$s
      add column if not exists %2$s_by       uuid,
      add column if not exists %2$s_by_name  text,
      add column if not exists %2$s_at       timestamptz,
      add column if not exists approved_by       uuid,
      add column if not exists approved_by_name  text,
      add column if not exists approved_at       timestamptz,
      add column ended_by       uuid,                       -- withdrawn or refused
      add column ended_by_name  text,
      add column ended_at       timestamptz,
      add column refusal        text check (length(btrim(refusal)) between 3 and 300),
      drop constraint if exists %3$s_four_eyes,
      add constraint %3$s_four_eyes check (approved_by <> %2$s_by),
      add constraint %3$s_signed check (num_nulls(approved_by, approved_by_name, approved_at) in (0, 3)),
      add constraint %3$s_ended check ((ended_at is null) = (ended_by_name is null) and (ended_at is not null or num_nonnulls(ended_by, refusal) = 0)
        and num_nonnulls(approved_at, ended_at) <= 1),
      add constraint %3$s_refused check (refusal is null or (ended_by is not null and ended_by is distinct from %2$s_by))
    $sql$, kept, asked, title);
end $$;

-- Who gave up what was withdrawn before this was noted: the audit trail knows it.
create function platform.sign_withdrawn(kept regclass) returns void language plpgsql as $$
begin
  execute format($sql$
    update %1$s r set (ended_by, ended_by_name, ended_at) = (
      select a.user_id, a.user_name, a.at from platform.audit_entry a
       where a.table_name = %2$L and a.row_id = r.id::text and a.changes -> 'state' ->> 1 = 'withdrawn' order by a.id desc limit 1)
     where r.state = 'withdrawn'
    $sql$, kept, (select nspname || '.' || relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = kept));
  execute format($sql$
    update %1$s set ended_by = requested_by, ended_by_name = requested_by_name, ended_at = requested_at where state = 'withdrawn' and ended_at is null
    $sql$, kept);
  execute format('alter table %s add constraint %s_withdrawn check ((state = ''withdrawn'') = (ended_at is not null))',
    kept, (select relname from pg_class where oid = kept));
end $$;

-- Why a proposed account was refused; nobody asked for it before.
alter table platform.bank_details_change add column refusal text check (length(btrim(refusal)) between 3 and 300);
alter table platform.bank_details_change add constraint refusal_of_the_refused check (refusal is null or state = 'refused');
