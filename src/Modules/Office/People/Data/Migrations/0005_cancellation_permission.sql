-- The right to approve a cancellation is named like every other right to approve; who was given it, or lost it, keeps that.
update identity.role_permission set id = role || ':billing.cancellations.approve', permission = 'billing.cancellations.approve'
 where permission = 'billing.invoices.approve-cancellation';
