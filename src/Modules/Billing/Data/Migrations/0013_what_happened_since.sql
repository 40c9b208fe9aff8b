-- A form that writes money is checked against what happened on its item since; entries beside the documents' own are found by what they concern.
create index posting_item on billing.posting (coalesce(invoice_id, opening_id)) where kind not in ('invoice', 'cancellation');
