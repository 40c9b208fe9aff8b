using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Invoices.Documents;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>Take an issued invoice back by a document of its own (Storno). What was paid becomes credit; the claim may be charged again.</summary>
/// <param name="Number">Of the invoice.</param>
/// <param name="Reason">Printed on the cancellation; 3 to 300 characters.</param>
[MessageName("billing.cancel-invoice"), Permission(BillingModule.CancelInvoices)]
internal sealed record CancelInvoice(string Number, string Reason) : ICommand;

/// <summary>What the cancellation did.</summary>
/// <param name="Number">Of the cancellation.</param>
/// <param name="Credit">What now stands to the member's credit.</param>
internal sealed record CancelledInvoice(string Number, Money Credit);

[PlainWords(typeof(BillingTexts), "Work.CancelInvoice")]
internal static class CancelInvoiceHandler
{
    public static Task<LockedInvoice?> LoadAsync(CancelInvoice cancel, BillingDb db, CancellationToken ct) => LockedInvoice.FindAsync(db, cancel.Number, ct);

    public static IEnumerable<Problem> Validate(CancelInvoice cancel, LockedInvoice? invoice, IStringLocalizer<BillingTexts> texts)
    {
        if (invoice is null)
            yield return new Problem(nameof(cancel.Number), texts["Problem.NoSuchInvoice", cancel.Number]);
        else if (invoice.IsCancellation)
            yield return new Problem(nameof(cancel.Number), texts["Problem.CancellationStays", invoice.Number]);
        else if (invoice.CancelledBy is { } by)
            yield return new Problem(nameof(cancel.Number), texts["Problem.AlreadyCancelled", invoice.Number, by]);
        else if (invoice.Forgiven.Sum > Money.Zero)
            yield return new Problem(nameof(cancel.Number), texts["Problem.Forgiven", invoice.Number]);

        var reason = cancel.Reason.Trim();
        if (reason.Length < 3) yield return new Problem(nameof(cancel.Reason), texts["Problem.ReasonMissing"]);
        if (reason.Length > 300) yield return new Problem(nameof(cancel.Reason), texts["Problem.ReasonTooLong", reason.Length]);
    }

    public static async Task<(CancelledInvoice, RenderInvoices, ChargesVoided)> HandleAsync(
        CancelInvoice cancel, LockedInvoice? invoice, BillingDb db, IAssociationProfiles profiles, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var (cancelled, today) = (invoice!, clock.Today());
        var sequence = await NumberSeries.DrawAsync(db, NumberSeries.Cancellations, today.Year, 1, ct);
        var document = NewCancellation.Of(cancelled, sequence, (await profiles.CurrentAsync(ct)).Version, today, cancel.Reason.Trim());
        await IssuedDocument.WriteAsync(await db.ConnectionAsync(ct), [document], user.Actor.Name, ct);
        return (new CancelledInvoice(document.Content.Number, cancelled.Paid), new RenderInvoices([document.Id]), new ChargesVoided([cancelled.Charge]));
    }
}
