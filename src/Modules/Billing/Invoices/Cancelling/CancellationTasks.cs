using Association.Billing.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>Cancellations that wait for a second person.</summary>
internal sealed class CancellationTasks(IMessageBus bus, IStringLocalizer<CancellingTexts> texts)
    : ApprovalTasks<CancellationRequest>(BillingModule.ApproveCancellation)
{
    protected override Task<IReadOnlyList<CancellationRequest>> WaitingAsync(CancellationToken ct) => bus.QueryAsync(new ListCancellationRequests(), ct);

    protected override TodayRow RowOf(CancellationRequest waiting) =>
        new(
            texts["Today.Group"],
            texts["Today.Title", waiting.Invoice.Number],
            texts["Today.Detail", waiting.Invoice.Account.Name, Formats.Of(waiting.Invoice.Amount), waiting.Approval.AskedByName!],
            BillingPages.Invoice(waiting.Invoice.Number, "cancel"),
            texts["Today.Action"],
            Urgency.Now
        );
}
