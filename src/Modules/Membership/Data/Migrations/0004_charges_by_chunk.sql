-- Billing reads a run chunk by chunk: without this each of 500 chunks of a large run would read the whole run.
create index charge_of_chunk on membership.charge (run_id, chunk);
