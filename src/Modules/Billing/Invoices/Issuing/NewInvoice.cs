using Association.Billing.Accounts;
using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Invoices.Issuing;

/// <summary>Composes the invoice of a charge: snapshot, terms and posting.</summary>
internal static class NewInvoice
{
    /// <param name="run">The dues run; null when it replaces a wrong invoice.</param>
    /// <param name="claim">What is claimed.</param>
    /// <param name="account">Of the debtor.</param>
    /// <param name="number">Drawn in this transaction.</param>
    /// <param name="letterhead">Version of the association's profile.</param>
    /// <param name="today">Date of the invoice.</param>
    /// <param name="setOff">What is already paid; null without.</param>
    public static IssuedDocument Of(
        DuesRunId? run,
        Claim claim,
        RefreshedAccount account,
        DrawnNumber number,
        int letterhead,
        DateOnly today,
        SetOffContent? setOff = null
    )
    {
        var id = InvoiceId.New();
        var terms = PaymentTerms.Of(claim, account, today, number.Text);
        var debtor = account.Debtor;
        return new IssuedDocument
        {
            Id = id,
            Sequence = number.Sequence,
            Account = account.Id,
            Charge = claim.Id,
            Run = run,
            Content = new InvoiceContent(
                number.Text,
                debtor.Language,
                today,
                claim.Year,
                debtor.Number,
                debtor.Name,
                debtor.Recipient,
                BuyerReference(claim.References, debtor),
                claim.Lines,
                claim.Amount,
                claim.Ground,
                terms,
                null,
                claim.Kind == DuesKind.Annual ? null : claim.Kind,
                setOff,
                claim.References?.PurchaseOrder,
                claim.References?.LeitwegId,
                Service: claim.Service
            ),
            Terms = terms,
            LetterheadVersion = letterhead,
            Posting = Posting.OfInvoice(id, account.Id, number.Text, claim.Amount, claim.Income, today),
        };
    }

    // The year's sign before the one that stands with the member; that may be a Leitweg-ID, which the year's own replaces.
    private static string? BuyerReference(ChargeReferences? ofTheYear, Debtor debtor) =>
        ofTheYear?.CashReference is { } sign ? sign
        : ofTheYear?.LeitwegId is not null && LeitwegId.TryParse(debtor.BuyerReference, out _, out _) ? null
        : debtor.BuyerReference;
}
