-- Revision 2
-- How far each item came: its highest level, the letter that said so, and the day on which that letter left; null as long as it lies in the house.
create or replace view billing.reminded as
  select r.item, r.level, r.letter_id, billing.left_on(r.letter_id) as sent_on
    from (select distinct on (coalesce(i.invoice_id, i.item_id)) coalesce(i.invoice_id, i.item_id) as item, i.level, i.letter_id
            from billing.reminder_item i where i.live order by coalesce(i.invoice_id, i.item_id), i.level desc) r;
