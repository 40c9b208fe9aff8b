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
    /// <param name="charge">What is claimed.</param>
    /// <param name="account">Of the debtor.</param>
    /// <param name="number">Drawn in this transaction.</param>
    /// <param name="letterhead">Version of the association's profile.</param>
    /// <param name="today">Date of the invoice.</param>
    /// <param name="setOff">What is already paid; null without.</param>
    public static IssuedDocument Of(
        DuesRunId? run,
        RaisedCharge charge,
        RefreshedAccount account,
        DrawnNumber number,
        int letterhead,
        DateOnly today,
        SetOffContent? setOff = null
    )
    {
        var id = InvoiceId.New();
        var terms = PaymentTerms.Of(charge, account, today, number.Text);
        var card = account.Card;
        return new IssuedDocument
        {
            Id = id,
            Sequence = number.Sequence,
            Account = account.Id,
            Charge = charge.Id,
            Run = run,
            Content = new InvoiceContent(
                number.Text,
                card.Language,
                today,
                charge.Year,
                card.Number,
                card.Name,
                card.Recipient,
                BuyerReference(charge.References, card),
                charge.Lines,
                charge.Amount,
                charge.Regulation,
                terms,
                null,
                charge.Kind == DuesKind.Annual ? null : charge.Kind,
                setOff,
                charge.References?.PurchaseOrder,
                charge.References?.LeitwegId
            ),
            Terms = terms,
            LetterheadVersion = letterhead,
            Posting = Posting.OfInvoice(id, account.Id, number.Text, charge.Amount, LedgerAccounts.IncomeOf(charge.Kind), today),
        };
    }

    // The year's sign before the one that stands with the member; that may be a Leitweg-ID, which the year's own replaces.
    private static string? BuyerReference(ChargeReferences? ofTheYear, MemberCard card) =>
        ofTheYear?.CashReference is { } sign ? sign
        : ofTheYear?.LeitwegId is not null && LeitwegId.TryParse(card.BuyerReference, out _, out _) ? null
        : card.BuyerReference;
}
