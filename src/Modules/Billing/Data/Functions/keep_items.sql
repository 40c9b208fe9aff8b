-- Revision 1
-- What is owed without an invoice is final like a posting; only its undoing is noted on it. A generated column is computed after this.
create or replace function billing.keep_items() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and not old.undone and new.undone and to_jsonb(old) - 'undone' - 'number' = to_jsonb(new) - 'undone' - 'number' then
    return new;
  end if;
  raise exception '% on billing.item is refused: what was taken over is undone as a whole, a fee by taking its reminder back', tg_op using errcode = 'AS001';
end $$;
drop trigger if exists final on billing.item;
create trigger final before update or delete on billing.item for each row execute function billing.keep_items();
