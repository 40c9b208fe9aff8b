using Association.Billing.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Refunds;

/// <summary>Refunds that wait for a second person, or were refused.</summary>
internal sealed class RefundTasks(IMessageBus bus, RefusalRows refusals, IStringLocalizer<RefundTexts> texts)
    : ApprovalTasks<RefundRequest>(refusals, BillingModule.RecordPayments, BillingModule.ApproveRefunds, BillingModule.ReadLedger)
{
    protected override Task<IReadOnlyList<RefundRequest>> FindAsync(DateTimeOffset refusedSince, CancellationToken ct) =>
        bus.QueryAsync(new ListRefundRequests(refusedSince), ct);

    protected override string SubjectOf(RefundRequest asked) => texts["Today.Subject", Formats.Of(asked.Amount), asked.Account.Name];

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
