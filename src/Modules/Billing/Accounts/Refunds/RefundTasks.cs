using Association.Billing.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Refunds;

/// <summary>Refunds that wait for a second person.</summary>
internal sealed class RefundTasks(IMessageBus bus, IStringLocalizer<RefundTexts> texts)
    : ApprovalTasks<RefundRequest>(BillingModule.ApproveRefunds, BillingModule.ReadLedger)
{
    protected override Task<IReadOnlyList<RefundRequest>> WaitingAsync(CancellationToken ct) => bus.QueryAsync(new ListRefundRequests(), ct);

    protected override TodayRow RowOf(RefundRequest waiting) =>
        new(
            texts["Today.Group"],
            texts["Today.Title", waiting.Account.Name],
            texts["Today.Detail", Formats.Of(waiting.Amount), waiting.Approval.AskedByName!],
            BillingPages.Account(waiting.Account.MemberNumber, "refund"),
            texts["Today.Action"],
            Urgency.Now
        );
}
