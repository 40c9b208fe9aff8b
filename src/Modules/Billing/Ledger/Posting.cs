using Association.Billing.Data;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Ledger;

/// <summary>Why something was posted.</summary>
internal enum PostingKind
{
    /// <summary>An invoice was issued.</summary>
    Invoice,

    /// <summary>An invoice was cancelled.</summary>
    Cancellation,

    /// <summary>Money came in.</summary>
    Payment,

    /// <summary>A credit was used to pay an invoice.</summary>
    SetOff,
}

/// <summary>An entry of the journal that is about to be written; its lines balance.</summary>
/// <param name="Kind">Why.</param>
/// <param name="BookedOn">The day it enters the books.</param>
/// <param name="DatedOn">The day it happened.</param>
/// <param name="Invoice">The document that it posts, or the invoice that was paid.</param>
/// <param name="Text">What a reader of the journal needs to know.</param>
/// <param name="Lines">At least two.</param>
internal sealed record Posting(PostingKind Kind, DateOnly BookedOn, DateOnly DatedOn, InvoiceId Invoice, string Text, IReadOnlyList<PostingLine> Lines)
{
    public PostingId Id { get; } = PostingId.New();

    /// <summary>A claim: the member owes, the association earned.</summary>
    public static Posting OfInvoice(InvoiceId invoice, AccountId account, string number, Money amount, DateOnly issuedOn) =>
        new(PostingKind.Invoice, issuedOn, issuedOn, invoice, number,
            [PostingLine.Debit(LedgerAccounts.Receivables, amount, account, invoice), PostingLine.Credit(LedgerAccounts.DuesIncome, amount)]);

    /// <summary>Takes a claim back: what is still open is no longer owed, what was paid becomes credit.</summary>
    public static Posting OfCancellation(
        InvoiceId cancellation, InvoiceId cancelled, AccountId account, string number, Money amount, Money open, DateOnly issuedOn) =>
        new(PostingKind.Cancellation, issuedOn, issuedOn, cancellation, number,
        [
            PostingLine.Debit(LedgerAccounts.DuesIncome, amount),
            .. PostingLine.CreditUnlessZero(LedgerAccounts.Receivables, open, account, cancelled),
            .. PostingLine.CreditUnlessZero(LedgerAccounts.Credit, amount - open, account),
        ]);

    /// <summary>Money for an invoice: it pays what is open; what exceeds it is the member's credit.</summary>
    public static Posting OfPayment(InvoiceId invoice, AccountId account, Money amount, Money open, DateOnly receivedOn, DateOnly bookedOn, string text)
    {
        var paid = amount < open ? amount : open;
        return new(PostingKind.Payment, bookedOn, receivedOn, invoice, text,
        [
            PostingLine.Debit(LedgerAccounts.Bank, amount),
            .. PostingLine.CreditUnlessZero(LedgerAccounts.Receivables, paid, account, invoice),
            .. PostingLine.CreditUnlessZero(LedgerAccounts.Credit, amount - paid, account),
        ]);
    }

    /// <summary>Credit pays an invoice.</summary>
    public static Posting OfSetOff(InvoiceId invoice, AccountId account, Money amount, DateOnly bookedOn, string text) =>
        new(PostingKind.SetOff, bookedOn, bookedOn, invoice, text,
            [PostingLine.Debit(LedgerAccounts.Credit, amount, account), PostingLine.Credit(LedgerAccounts.Receivables, amount, account, invoice)]);
}

/// <summary>One side of an entry.</summary>
internal sealed record PostingLine(string LedgerAccount, AccountId? Account, InvoiceId? Invoice, Money DebitAmount, Money CreditAmount)
{
    public static PostingLine Debit(string ledgerAccount, Money amount, AccountId? account = null, InvoiceId? invoice = null) =>
        new(ledgerAccount, account, invoice, amount, Money.Zero);

    public static PostingLine Credit(string ledgerAccount, Money amount, AccountId? account = null, InvoiceId? invoice = null) =>
        new(ledgerAccount, account, invoice, Money.Zero, amount);

    public static IEnumerable<PostingLine> CreditUnlessZero(string ledgerAccount, Money amount, AccountId? account = null, InvoiceId? invoice = null) =>
        amount == Money.Zero ? [] : [Credit(ledgerAccount, amount, account, invoice)];
}
