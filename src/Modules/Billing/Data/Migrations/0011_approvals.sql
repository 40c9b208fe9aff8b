-- Who gave a request up, when, and why the second person did not agree.
select platform.attach_approval('billing.claim_relief');
select platform.attach_approval('billing.cancellation_request');
select platform.attach_approval('billing.refund_request');
select platform.sign_withdrawn('billing.claim_relief');
select platform.sign_withdrawn('billing.cancellation_request');
select platform.sign_withdrawn('billing.refund_request');
