using Association.Billing.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>Cancellations that wait for a second person, or were refused.</summary>
internal sealed class CancellationTasks(IMessageBus bus, RefusalRows refusals, IStringLocalizer<CancellingTexts> texts)
    : ApprovalTasks<CancellationRequest>(refusals, BillingModule.CancelInvoices, BillingModule.ApproveCancellation)
{
    protected override Task<IReadOnlyList<CancellationRequest>> FindAsync(DateTimeOffset refusedSince, CancellationToken ct) =>
        bus.QueryAsync(new ListCancellationRequests(refusedSince), ct);

    protected override string SubjectOf(CancellationRequest asked) => texts["Today.Subject", asked.Invoice.Number];

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
