using Association.Billing.Accounts;
using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Documents;
using Association.Billing.Invoices.Issuing;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

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

        var (today, letterhead, by) = (clock.Today(), (await profiles.CurrentAsync(ct)).Version, user.Actor.Name);
        var forms = await rules.CurrentAsync(ct);
        var paid = await PaidAsync(db, old, ct);
        var setOff =
            replacement is null ? Money.Zero
            : paid < replacement.Amount ? paid
            : replacement.Amount;
        var documents = new List<IssuedDocument>();
        if (replacement is not null)
        {
            var accounts = await AccountRefresh.RunAsync(db, directory, [replacement.Member], ct);
            var numbers = await NumberSeries.Invoices.DrawAsync(db, forms, today.Year, 1, ct);
            documents.Add(
                NewInvoice.Of(
                    null,
                    replacement,
                    accounts[replacement.Member],
                    numbers[0],
                    letterhead,
                    today,
                    setOff > Money.Zero ? new SetOffContent(old.Number, setOff) : null
                )
            );
        }
        var invoice = documents.FirstOrDefault();
        if (old.CancelledBy is null)
            documents.Add(
                NewCancellation.Of(
                    old,
                    (await NumberSeries.Cancellations.DrawAsync(db, forms, today.Year, 1, ct))[0],
                    letterhead,
                    today,
                    corrected.Reason,
                    invoice?.Content.Number,
                    setOff
                )
            );

        var connection = await db.ConnectionAsync(ct);
        await IssuedDocument.WriteAsync(connection, documents, by, ct);
        if (old.CancelledBy is null)
            await FeesOfInvoice.TakeBackAsync(db, old.Id, old.Account, today, by, ct);
        if (invoice is not null && setOff > Money.Zero)
            await Journal.AppendAsync(connection, [Posting.OfSetOff(invoice.Id, invoice.Account, setOff, today, old.Number)], by, ct);

        var cancellation = old.CancelledBy ?? documents[^1].Content.Number;
        OutgoingMessages outgoing = [new CorrectionBooked(corrected.Correction, cancellation, invoice?.Content.Number, setOff, paid - setOff)];
        if (documents.Count > 0)
            outgoing.Add(new RenderInvoices([.. documents.Select(d => d.Id)]));
        return outgoing;
    }

    // What was done by an earlier delivery; null when nothing was.
    private static async Task<CorrectionBooked?> AnswerOfAsync(BillingDb db, ChargeCorrected corrected, LockedInvoice old, CancellationToken ct)
    {
        if (old.CancelledBy is not { } cancellation)
            return null;
        var content = await ContentAsync(db, "number = @number", new { number = cancellation }, ct);
        if (corrected.Replacement is not { } replacement)
            return new CorrectionBooked(corrected.Correction, cancellation, null, Money.Zero, content!.Cancels!.Credit);
        var invoice = await ContentAsync(db, "charge_id = @charge and kind = 'invoice'", new { charge = replacement.Value }, ct);
        return invoice is null
            ? null
            : new CorrectionBooked(corrected.Correction, cancellation, invoice.Number, invoice.SetOff?.Amount ?? Money.Zero, content!.Cancels!.Credit);
    }

    // Somebody may have cancelled the invoice between the correction and now: then the money stands as credit, as far as it was not used since.
    private static async Task<Money> PaidAsync(BillingDb db, LockedInvoice old, CancellationToken ct)
    {
        if (old.CancelledBy is not { } cancellation)
            return old.Paid;
        var paid = (await ContentAsync(db, "number = @number", new { number = cancellation }, ct))!.Cancels!.Credit;
        var credit = await LockedCredit.OfAsync(db, old.Account, ct);
        return paid < credit ? paid : credit;
    }

    private static async Task<InvoiceContent?> ContentAsync(BillingDb db, string where, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var content = await connection.QuerySingleOrDefaultAsync<string>(
            new CommandDefinition($"select content::text from billing.invoice where {where}", parameters, db.Transaction, cancellationToken: ct)
        );
        return content is null ? null : BillingJson.Read<InvoiceContent>(content);
    }
}
