-- Revision 1
-- A draft may change, a submitted version only be signed or go back with a reason, one in force only end or be replaced (and only for years that nobody was
-- charged for under it), one without a document only get it.
create or replace function membership.refuse_regulation_change() returns trigger language plpgsql as $$
declare
  signatures constant text[] := array['state', 'submitted_by', 'submitted_by_name', 'submitted_at', 'approved_by', 'approved_by_name', 'approved_at',
    'ended_by', 'ended_by_name', 'ended_at', 'refusal'];
  endings constant text[] := array['state', 'valid_to', 'document_id'];
begin
  if tg_op = 'DELETE' then
    if old.state = 'draft' then return old; end if;
  elsif old.state = 'draft' then
    if new.state in ('draft', 'submitted') or (new.state = 'in_force' and old.delivered) then return new; end if;
  elsif old.state = 'submitted' then
    if new.state in ('draft', 'submitted', 'in_force') and to_jsonb(new) - signatures = to_jsonb(old) - signatures then return new; end if;
  elsif old.state = 'in_force' then
    if new.state in ('in_force', 'replaced') and to_jsonb(new) - endings = to_jsonb(old) - endings
       and (new.valid_to is not distinct from old.valid_to or new.valid_to < coalesce(old.valid_to, 'infinity'))
       and (old.document_id is null or new.document_id = old.document_id)
       and not exists (select from membership.charge c join membership.dues_run r on r.id = c.run_id
                        where r.regulation_id = old.id and c.kind = 'annual' and c.voided_at is null
                          and (new.state = 'replaced' or make_date(c.period, 1, 1) > new.valid_to)) then
      return new;
    end if;
  end if;
  raise exception '% of regulation % is refused: it is %', tg_op, old.number, old.state using errcode = 'AS001';
end $$;
