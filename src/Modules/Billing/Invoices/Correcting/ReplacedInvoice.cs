using Association.Billing.Accounts;
using Association.Billing.Data;
using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Issuing;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Billing.Invoices.Correcting;

/// <summary>With what documents are issued.</summary>
/// <param name="Today">Date of the documents.</param>
/// <param name="Letterhead">Version of the association's profile.</param>
/// <param name="By">Who.</param>
/// <param name="Rules">How numbers are written.</param>
internal sealed record Issue(DateOnly Today, int Letterhead, string By, OfficeRules Rules);

/// <summary>A wrong invoice that was cancelled, and what came in its place.</summary>
/// <param name="Cancellation">Number of the cancellation.</param>
/// <param name="Invoice">Number of the new invoice; null when nothing is owed.</param>
/// <param name="Paid">What had been paid on the wrong one.</param>
/// <param name="SetOff">What of that pays the new one.</param>
/// <param name="Documents">What is to be rendered.</param>
internal sealed record ReplacedInvoice(string Cancellation, string? Invoice, Money Paid, Money SetOff, IReadOnlyList<InvoiceId> Documents)
{
    /// <summary>Cancels an invoice with the fees of its reminders, issues the right one, and sets off what was paid: all in the running transaction.</summary>
    /// <param name="db">Of the handler.</param>
    /// <param name="old">Locked. It may be cancelled already: then only the right one is issued.</param>
    /// <param name="claim">What is owed instead; null: nothing.</param>
    /// <param name="account">Of who owes it; null: nothing is owed.</param>
    /// <param name="reason">Printed on the cancellation.</param>
    /// <param name="issue">Date, letterhead, numbers.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<ReplacedInvoice> BookAsync(
        BillingDb db,
        LockedInvoice old,
        Claim? claim,
        RefreshedAccount? account,
        string reason,
        Issue issue,
        CancellationToken ct
    )
    {
        var paid = await PaidAsync(db, old, ct);
        var setOff =
            claim is null ? Money.Zero
            : paid < claim.Amount ? paid
            : claim.Amount;
        var documents = new List<IssuedDocument>();
        if (claim is not null)
        {
            var series = claim.Service is null ? NumberSeries.Invoices : NumberSeries.Services;
            var number = (await series.DrawAsync(db, issue.Rules, issue.Today.Year, 1, ct))[0];
            var settled = setOff > Money.Zero ? new SetOffContent(old.Number, setOff) : null;
            documents.Add(NewInvoice.Of(null, claim, account!, number, issue.Letterhead, issue.Today, settled));
        }
        var invoice = documents.FirstOrDefault();
        if (old.CancelledBy is null)
        {
            var number = (await NumberSeries.Cancellations.DrawAsync(db, issue.Rules, issue.Today.Year, 1, ct))[0];
            documents.Add(NewCancellation.Of(old, number, issue.Letterhead, issue.Today, reason, invoice?.Content.Number, setOff));
        }

        var connection = await db.ConnectionAsync(ct);
        await IssuedDocument.WriteAsync(connection, documents, issue.By, ct);
        if (old.CancelledBy is null)
            await FeesOfInvoice.TakeBackAsync(db, old.Id, old.Account, issue.Today, issue.By, ct);
        if (invoice is not null && setOff > Money.Zero)
            await Journal.AppendAsync(connection, [Posting.OfSetOff(invoice.Id, invoice.Account, setOff, issue.Today, old.Number)], issue.By, ct);
        return new(old.CancelledBy ?? documents[^1].Content.Number, invoice?.Content.Number, paid, setOff, [.. documents.Select(d => d.Id)]);
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

    public static async Task<InvoiceContent?> ContentAsync(BillingDb db, string where, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var content = await connection.QuerySingleOrDefaultAsync<string>(
            new CommandDefinition($"select content::text from billing.invoice where {where}", parameters, db.Transaction, cancellationToken: ct)
        );
        return content is null ? null : BillingJson.Read<InvoiceContent>(content);
    }
}
