using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Invoices.Documents;
using Association.Billing.Ledger;
using Association.Membership.Contracts;
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

        var reason = cancel.Reason.Trim();
        if (reason.Length < 3) yield return new Problem(nameof(cancel.Reason), texts["Problem.ReasonMissing"]);
        if (reason.Length > 300) yield return new Problem(nameof(cancel.Reason), texts["Problem.ReasonTooLong", reason.Length]);
    }

    public static async Task<(CancelledInvoice, RenderInvoices, ChargesVoided)> HandleAsync(
        CancelInvoice cancel, LockedInvoice? invoice, BillingDb db, IAssociationProfiles profiles, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var (cancelled, today) = (invoice!, clock.Today());
        var sequence = await NumberSeries.DrawAsync(db, NumberSeries.Cancellations, today.Year, 1, ct);
        var number = NumberSeries.Format(NumberSeries.Cancellations, today.Year, sequence);
        var id = InvoiceId.New();
        var original = cancelled.Content;
        var document = new IssuedDocument
        {
            Id = id,
            Sequence = sequence,
            Account = cancelled.Account,
            Charge = cancelled.Charge,
            Content = original with
            {
                Number = number,
                IssuedOn = today,
                Lines = [.. original.Lines.Select(line => line with { Amount = -line.Amount })],
                Amount = -original.Amount,
                Payment = null,
                Cancels = new CancelledContent(cancelled.Number, cancelled.IssuedOn, cancel.Reason.Trim(), cancelled.Paid),
            },
            // Nothing is due and nothing is collected on a cancellation, whatever the route of the invoice was.
            Terms = new PaymentContent(PaymentRoute.Transfer, today, original.Payment!.Text, null, null, null),
            LetterheadVersion = (await profiles.CurrentAsync(ct)).Version,
            Cancels = cancelled.Id,
            Posting = Posting.OfCancellation(id, cancelled.Id, cancelled.Account, number, cancelled.Amount, cancelled.Open, today),
        };
        await IssuedDocument.WriteAsync(await db.ConnectionAsync(ct), [document], user.Actor.Name, ct);
        return (new CancelledInvoice(number, cancelled.Paid), new RenderInvoices([id]), new ChargesVoided([cancelled.Charge]));
    }
}
