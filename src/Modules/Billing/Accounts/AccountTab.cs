using Association.Membership.Contracts;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts;

/// <summary>The tab „Konto“ on a member's page.</summary>
internal sealed class AccountTab(IStringLocalizer<BillingTexts> texts) : IMemberPanel
{
    public string Name => "account";

    public string Title => texts["Account.Title"];

    public string Permission => BillingModule.ReadLedger;

    public int Order => 300;

    public Type Component => typeof(AccountPanel);

    public Type? Figure => typeof(AccountFigure);
}
