using Association.Membership.Contracts;

namespace Association.Billing.Sending;

/// <summary>The end of a dues run's page: its invoices have to leave.</summary>
internal sealed class RunSending : IDuesRunPanel
{
    public string Permission => BillingModule.Send;

    public Type Component => typeof(RunSendingPanel);
}
