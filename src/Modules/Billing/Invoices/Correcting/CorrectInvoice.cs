using Association.Billing.Accounts;
using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Invoices.Documents;
using Association.Billing.Invoices.Issuing;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;

namespace Association.Billing.Invoices.Correcting;

/// <summary>
/// A wrong charge was replaced: its invoice is cancelled, with the fees of reminders of it, the right one issued, and the money already paid set off, in one
/// transaction.
/// Delivered again it finds what it made and answers with it.
/// </summary>
[PlainWords(typeof(BillingTexts), "Work.CorrectInvoice")]
internal static class CorrectInvoiceHandler
{
    public static async Task<OutgoingMessages> HandleAsync(
        ChargeCorrected corrected,
        BillingDb db,
        IDuesCharges dues,
        IMemberDirectory directory,
        IAssociationProfiles profiles,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var old =
            await LockedInvoice.OfChargeAsync(db, corrected.Charge, ct)
            ?? throw new InvalidOperationException($"Charge {corrected.Charge.Value} is corrected and has no invoice.");
        var replacement = corrected.Replacement is { } id
            ? (await dues.ReadAsync([id], ct)).SingleOrDefault() ?? throw new InvalidOperationException($"The replacing charge {id.Value} cannot be read.")
            : null;
        if (await AnswerOfAsync(db, corrected, old, ct) is { } booked)
            return [booked];

        var account = replacement is null ? null : (await AccountRefresh.RunAsync(db, directory, [replacement.Member], ct))[replacement.Member];
        var replaced = await ReplacedInvoice.BookAsync(
            db,
            old,
            replacement is null ? null : Claim.Of(replacement),
            account,
            corrected.Reason,
            new Issue(clock.Today(), (await profiles.CurrentAsync(ct)).Version, user.Actor.Name, await rules.CurrentAsync(ct)),
            ct
        );
        OutgoingMessages outgoing =
        [
            new CorrectionBooked(corrected.Correction, replaced.Cancellation, replaced.Invoice, replaced.SetOff, replaced.Paid - replaced.SetOff),
        ];
        if (replaced.Documents.Count > 0)
            outgoing.Add(new RenderInvoices(replaced.Documents));
        return outgoing;
    }

    // What was done by an earlier delivery; null when nothing was.
    private static async Task<CorrectionBooked?> AnswerOfAsync(BillingDb db, ChargeCorrected corrected, LockedInvoice old, CancellationToken ct)
    {
        if (old.CancelledBy is not { } cancellation)
            return null;
        var content = await ReplacedInvoice.ContentAsync(db, "number = @number", new { number = cancellation }, ct);
        if (corrected.Replacement is not { } replacement)
            return new CorrectionBooked(corrected.Correction, cancellation, null, Money.Zero, content!.Cancels!.Credit);
        var invoice = await ReplacedInvoice.ContentAsync(db, "charge_id = @charge and kind = 'invoice'", new { charge = replacement.Value }, ct);
        return invoice is null
            ? null
            : new CorrectionBooked(corrected.Correction, cancellation, invoice.Number, invoice.SetOff?.Amount ?? Money.Zero, content!.Cancels!.Credit);
    }
}
