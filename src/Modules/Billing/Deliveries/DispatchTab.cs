using Association.Membership.Contracts;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Deliveries;

/// <summary>The tab „Versand“ on a member's page.</summary>
internal sealed class DispatchTab(IStringLocalizer<DeliveryTexts> texts) : IMemberPanel
{
    public string Name => "dispatch";

    public string Title => texts["Title"];

    public string Permission => BillingModule.ReadInvoices;

    public int Order => 310;

    public Type Component => typeof(DispatchPanel);
}
