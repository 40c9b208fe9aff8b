using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Invoices.Documents;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Shown;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>
/// Take an issued invoice back by a document of its own (Storno), and with it the fees of reminders that asked for nothing else. What was paid becomes credit;
/// the claim may be charged again. From the office's limit on a second person has to agree first.
/// </summary>
/// <param name="Number">Of the invoice.</param>
/// <param name="Reason">Printed on the cancellation; 3 to 300 characters.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[MessageName("billing.cancel-invoice"), Permission(BillingModule.CancelInvoices)]
internal sealed record CancelInvoice(string Number, string Reason, AsShown? Shown = null) : ICommand;

/// <summary>What the cancellation did.</summary>
/// <param name="Number">Of the cancellation; null as long as it waits for a second person.</param>
/// <param name="Credit">What now stands to the member's credit.</param>
/// <param name="Fees">Fees of reminders that were taken back with it.</param>
internal sealed record CancelledInvoice(string? Number, Money Credit, Money Fees = default);

/// <summary>An invoice, locked, with the request to cancel it.</summary>
internal sealed record InvoiceToCancel(LockedInvoice? Invoice, CancellationRequest? Request)
{
    // The request is read after the lock, so that it is what the transaction before it committed.
    public static async Task<InvoiceToCancel> FindAsync(BillingDb db, string number, CancellationToken ct) =>
        await LockedInvoice.FindAsync(db, number, ct) is { } invoice
            ? new InvoiceToCancel(invoice, await ReadCancellationRequestHandler.HandleAsync(new ReadCancellationRequest(invoice.Number), db, ct))
            : new InvoiceToCancel(null, null);

    /// <summary>Why the invoice cannot be cancelled; null when it can.</summary>
    public string? Obstacle(string number, IStringLocalizer<BillingTexts> texts) =>
        Invoice switch
        {
            null => texts["Problem.NoSuchInvoice", number].Value,
            { Content.Service: not null } => texts["Problem.OfBill", Invoice.Number].Value,
            { IsCancellation: true } => texts["Problem.CancellationStays", Invoice.Number].Value,
            { CancelledBy: { } by } => texts["Problem.AlreadyCancelled", Invoice.Number, by].Value,
            { Forgiven.Sum.Amount: > 0 } => texts["Problem.Forgiven", Invoice.Number].Value,
            _ => null,
        };
}

[PlainWords(typeof(BillingTexts), "Work.CancelInvoice")]
internal static class CancelInvoiceHandler
{
    public static async Task<InvoiceToCancel> LoadAsync(CancelInvoice cancel, BillingDb db, SinceShown since, CancellationToken ct)
    {
        var found = await InvoiceToCancel.FindAsync(db, cancel.Number, ct);
        await since.CheckItemAsync(cancel.Shown, found.Invoice?.Id, ct);
        return found;
    }

    public static IEnumerable<Problem> Validate(
        CancelInvoice cancel,
        InvoiceToCancel found,
        IStringLocalizer<BillingTexts> texts,
        IStringLocalizer<CancellingTexts> waiting
    )
    {
        if (found.Obstacle(cancel.Number, texts) is { } obstacle)
            yield return new Problem(nameof(cancel.Number), obstacle);
        else if (found.Request is { State: CancellationState.Requested } request)
            yield return new Problem(nameof(cancel.Number), waiting["Problem.Waiting", found.Invoice!.Number, request.Approval.AskedByName!]);

        var reason = cancel.Reason.Trim();
        if (reason.Length < 3)
            yield return new Problem(nameof(cancel.Reason), texts["Problem.ReasonMissing"]);
        if (reason.Length > 300)
            yield return new Problem(nameof(cancel.Reason), texts["Problem.ReasonTooLong", reason.Length]);
    }

    public static async Task<(CancelledInvoice Answer, OutgoingMessages Messages)> HandleAsync(
        CancelInvoice cancel,
        InvoiceToCancel found,
        BillingDb db,
        IAssociationProfiles profiles,
        IOfficeRules rules,
        DoneAlone alone,
        FourEyes four,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (invoice, reason) = (found.Invoice!, cancel.Reason.Trim());
        var current = await rules.CurrentAsync(ct);
        var fees = Money.Sum((await FeesOfInvoice.FindAsync(db, invoice.Id, ct)).Where(f => !f.AskedForMore).Select(f => f.Amount));
        if (!await alone.ReachesAsync(current.FourEyes.CancellationFrom, invoice.Amount + fees, invoice.Id, invoice.Account, ct, PostingKind.Cancellation))
            return await IssueAsync(invoice, reason, db, profiles, current, user.Actor.Name, clock, ct);
        db.Add(
            new CancellationRequest
            {
                Id = Guid.CreateVersion7(),
                InvoiceId = invoice.Id,
                Reason = reason,
                Approval = four.Ask(),
            }
        );
        return (new CancelledInvoice(null, Money.Zero), []);
    }

    /// <summary>Issues the cancellation; the claim is gone from here on.</summary>
    public static async Task<(CancelledInvoice Answer, OutgoingMessages Messages)> IssueAsync(
        LockedInvoice cancelled,
        string reason,
        BillingDb db,
        IAssociationProfiles profiles,
        OfficeRules rules,
        string by,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var today = clock.Today();
        var numbers = await NumberSeries.Cancellations.DrawAsync(db, rules, today.Year, 1, ct);
        var document = NewCancellation.Of(cancelled, numbers[0], (await profiles.CurrentAsync(ct)).Version, today, reason);
        await IssuedDocument.WriteAsync(await db.ConnectionAsync(ct), [document], by, ct);
        var fees = await FeesOfInvoice.TakeBackAsync(db, cancelled.Id, cancelled.Account, today, by, ct);
        var answer = new CancelledInvoice(
            document.Content.Number,
            cancelled.Paid + Money.Sum(fees.Select(f => f.Amount - f.Open)),
            Money.Sum(fees.Select(f => f.Amount))
        );
        return (answer, [new RenderInvoices([document.Id]), new ChargesVoided([cancelled.Charge])]);
    }
}
