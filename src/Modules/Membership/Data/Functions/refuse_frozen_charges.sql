-- Revision 1
-- The charges of a submitted run are frozen: they are voided once, and a charge comes to them only as the replacement of a voided one, of the same member,
-- kind and period; the period of a replaced admission fee may be another one.
create or replace function membership.refuse_frozen_charges() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform from membership.dues_run r where r.id in (select run_id from came) and r.state <> 'draft';
    if not found then
      perform from came join membership.charge o on o.id = came.corrects
        where o.voided_at is null or (o.member_id, o.kind) is distinct from (came.member_id, came.kind) or (o.period <> came.period and came.kind <> 'admission');
    end if;
  elsif tg_op = 'DELETE' then
    perform from gone left join membership.dues_run r on r.id = gone.run_id where r.state is distinct from 'draft';
  else
    perform from gone left join came using (id) where to_jsonb(came) - 'voided_at' is distinct from to_jsonb(gone) - 'voided_at' or gone.voided_at is not null;
  end if;
  if found then
    raise exception '% on membership.charge is refused: the charges of a submitted run are frozen', tg_op using errcode = 'AS001';
  end if;
  return null;
end $$;
