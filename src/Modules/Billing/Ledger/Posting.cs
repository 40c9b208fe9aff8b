using Association.Billing.Data;
using Association.Billing.Receivables;
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

    /// <summary>A payment was taken back.</summary>
    PaymentReversal,

    /// <summary>A credit was used to pay an invoice.</summary>
    SetOff,

    /// <summary>A credit was paid back to the member.</summary>
    Refund,

    /// <summary>An open amount or a credit was taken over from the books kept before.</summary>
    Opening,

    /// <summary>What was taken over is taken back.</summary>
    OpeningUndo,

    /// <summary>A reminder was written that costs a fee.</summary>
    Fee,

    /// <summary>That reminder is taken back, or all that it asked for was cancelled, and its fee with it.</summary>
    FeeReversal,

    /// <summary>What was open was given up by resolution.</summary>
    Waiver,

    /// <summary>What was open is no longer expected, by resolution.</summary>
    WriteOff,

    /// <summary>An earlier entry was taken back.</summary>
    Reversal,
}

/// <summary>An entry of the journal that is about to be written; its lines balance.</summary>
/// <param name="Kind">Why.</param>
/// <param name="BookedOn">The day it enters the books.</param>
/// <param name="DatedOn">The day it happened.</param>
/// <param name="Item">The document that it posts, or what was paid; null when it concerns the account alone.</param>
/// <param name="Text">What a reader of the journal needs to know.</param>
/// <param name="Lines">At least two.</param>
internal sealed record Posting(PostingKind Kind, DateOnly BookedOn, DateOnly DatedOn, ItemRef? Item, string Text, IReadOnlyList<PostingLine> Lines)
{
    public PostingId Id { get; } = PostingId.New();

    /// <summary>The entry that this one takes back; null otherwise.</summary>
    public PostingId? Reverses { get; private init; }

    /// <summary>A claim: somebody owes, the association earned, on the account of what is charged.</summary>
    public static Posting OfInvoice(InvoiceId invoice, AccountId account, string number, Money amount, IReadOnlyList<IncomePart> income, DateOnly issuedOn) =>
        new(
            PostingKind.Invoice,
            issuedOn,
            issuedOn,
            invoice,
            number,
            [PostingLine.Debit(LedgerAccounts.Receivables, amount, account, invoice), .. income.Select(i => PostingLine.Credit(i.Account, i.Amount))]
        );

    /// <summary>Takes a claim back: what is still open is no longer owed, what was paid becomes credit.</summary>
    public static Posting OfCancellation(
        InvoiceId cancellation,
        InvoiceId cancelled,
        AccountId account,
        string number,
        Money amount,
        Money open,
        IReadOnlyList<IncomePart> income,
        DateOnly issuedOn
    ) =>
        new(
            PostingKind.Cancellation,
            issuedOn,
            issuedOn,
            cancellation,
            number,
            [
                .. income.Select(i => PostingLine.Debit(i.Account, i.Amount)),
                .. PostingLine.CreditUnlessZero(LedgerAccounts.Receivables, open, account, cancelled),
                .. PostingLine.CreditUnlessZero(LedgerAccounts.Credit, amount - open, account),
            ]
        );

    /// <summary>Money for what is owed: it pays what is open, one after the other, then what was written off comes in late; what exceeds both is the member's
    /// credit.</summary>
    public static Posting OfPayment(
        ItemRef item,
        AccountId account,
        Money amount,
        IReadOnlyList<OpenPart> parts,
        Money recoverable,
        DateOnly receivedOn,
        DateOnly bookedOn,
        string text
    )
    {
        var (left, lines) = (amount, new List<PostingLine> { PostingLine.Debit(LedgerAccounts.Bank, amount) });
        foreach (var part in parts)
        {
            var paid = left < part.Open ? left : part.Open;
            lines.AddRange(PostingLine.CreditUnlessZero(LedgerAccounts.Receivables, paid, account, part.Item));
            left -= paid;
        }
        var late = left < recoverable ? left : recoverable;
        lines.AddRange(PostingLine.CreditUnlessZero(LedgerAccounts.Recovered, late));
        lines.AddRange(PostingLine.CreditUnlessZero(LedgerAccounts.Credit, left - late, account));
        return new(PostingKind.Payment, bookedOn, receivedOn, item, text, lines);
    }

    /// <summary>Takes a payment back: what it paid is open again, what it brought beyond that is there no more.</summary>
    /// <param name="payment">The entry in the journal.</param>
    /// <param name="item">What it paid.</param>
    /// <param name="account">Whose.</param>
    /// <param name="lines">What it says.</param>
    /// <param name="gone">What of it was cancelled or taken back since: what was paid on that was credited to the account.</param>
    /// <param name="bookedOn">Today.</param>
    /// <param name="text">Which, and why.</param>
    public static Posting OfReversedPayment(
        PostingId payment,
        ItemRef item,
        AccountId account,
        IEnumerable<PostingLine> lines,
        IReadOnlySet<ItemRef> gone,
        DateOnly bookedOn,
        string text
    ) =>
        new(
            PostingKind.PaymentReversal,
            bookedOn,
            bookedOn,
            item,
            text,
            [
                .. lines
                    .Select(line =>
                        line.LedgerAccount == LedgerAccounts.Receivables && line.Item is { } paid && gone.Contains(paid)
                            ? PostingLine.Credit(LedgerAccounts.Credit, line.CreditAmount, account)
                            : line
                    )
                    .GroupBy(line => (line.LedgerAccount, line.Account, line.Item))
                    .Select(g => new PostingLine(
                        g.Key.LedgerAccount,
                        g.Key.Account,
                        g.Key.Item,
                        Money.Sum(g.Select(l => l.CreditAmount)),
                        Money.Sum(g.Select(l => l.DebitAmount))
                    )),
            ]
        )
        {
            Reverses = payment,
        };

    /// <summary>A claim is given up as far as it was resolved: waived, or written off.</summary>
    public static Posting OfRelief(PostingKind kind, ItemRef item, AccountId account, Money amount, DateOnly resolvedOn, DateOnly bookedOn, string text) =>
        new(
            kind,
            bookedOn,
            resolvedOn,
            item,
            text,
            [
                PostingLine.Debit(kind == PostingKind.Waiver ? LedgerAccounts.Waived : LedgerAccounts.WrittenOff, amount),
                PostingLine.Credit(LedgerAccounts.Receivables, amount, account, item),
            ]
        );

    /// <summary>A credit taken over is given up: the association owes it to nobody any more.</summary>
    public static Posting OfReleasedCredit(
        PostingKind kind,
        ItemRef item,
        AccountId account,
        Money amount,
        DateOnly resolvedOn,
        DateOnly bookedOn,
        string text
    ) =>
        new(
            kind,
            bookedOn,
            resolvedOn,
            item,
            text,
            [PostingLine.Debit(LedgerAccounts.Credit, amount, account), PostingLine.Credit(LedgerAccounts.ReleasedCredit, amount)]
        );

    /// <summary>Takes a relief back: the claim is open again, the credit is there again.</summary>
    /// <param name="relief">The entry in the journal.</param>
    /// <param name="posted">What it says.</param>
    /// <param name="bookedOn">Today.</param>
    /// <param name="text">Why.</param>
    public static Posting OfReversedRelief(PostingId relief, Posting posted, DateOnly bookedOn, string text) =>
        posted.Undone(bookedOn) with
        {
            Kind = PostingKind.Reversal,
            Text = text,
            Reverses = relief,
        };

    /// <summary>Credit pays an invoice.</summary>
    public static Posting OfSetOff(ItemRef item, AccountId account, Money amount, DateOnly bookedOn, string text) =>
        new(
            PostingKind.SetOff,
            bookedOn,
            bookedOn,
            item,
            text,
            [PostingLine.Debit(LedgerAccounts.Credit, amount, account), PostingLine.Credit(LedgerAccounts.Receivables, amount, account, item)]
        );

    /// <summary>Credit goes back to the member.</summary>
    public static Posting OfRefund(AccountId account, Money amount, DateOnly paidOn, DateOnly bookedOn, string text) =>
        new(
            PostingKind.Refund,
            bookedOn,
            paidOn,
            null,
            text,
            [PostingLine.Debit(LedgerAccounts.Credit, amount, account), PostingLine.Credit(LedgerAccounts.Bank, amount)]
        );

    /// <summary>An amount that was open in the books kept before.</summary>
    public static Posting OfOpening(ItemId item, AccountId account, Money amount, DateOnly bookedOn, string origin) =>
        new(
            PostingKind.Opening,
            bookedOn,
            bookedOn,
            item,
            origin,
            [PostingLine.Debit(LedgerAccounts.Receivables, amount, account, item), PostingLine.Credit(LedgerAccounts.Opening, amount)]
        );

    /// <summary>A credit of the books kept before.</summary>
    public static Posting OfOpeningCredit(ItemId item, AccountId account, Money amount, DateOnly bookedOn, string origin) =>
        new(
            PostingKind.Opening,
            bookedOn,
            bookedOn,
            item,
            origin,
            [PostingLine.Debit(LedgerAccounts.Opening, amount), PostingLine.Credit(LedgerAccounts.Credit, amount, account)]
        );

    /// <summary>The fee of a reminder: an item of its own, posted with the letter.</summary>
    public static Posting OfFee(ItemId item, AccountId account, Money amount, DateOnly bookedOn, string letter) =>
        new(
            PostingKind.Fee,
            bookedOn,
            bookedOn,
            item,
            letter,
            [PostingLine.Debit(LedgerAccounts.Receivables, amount, account, item), PostingLine.Credit(LedgerAccounts.FeeIncome, amount)]
        );

    /// <summary>Takes a fee back: what is still open is no longer owed, what was paid becomes credit.</summary>
    /// <param name="fee">The entry in the journal.</param>
    /// <param name="item">The fee.</param>
    /// <param name="account">Whose.</param>
    /// <param name="amount">Of the fee; nothing of it is waived or written off.</param>
    /// <param name="open">Of it.</param>
    /// <param name="bookedOn">Today.</param>
    /// <param name="letter">Number of the reminder.</param>
    public static Posting OfReversedFee(PostingId fee, ItemId item, AccountId account, Money amount, Money open, DateOnly bookedOn, string letter) =>
        new(
            PostingKind.FeeReversal,
            bookedOn,
            bookedOn,
            item,
            letter,
            [
                PostingLine.Debit(LedgerAccounts.FeeIncome, amount),
                .. PostingLine.CreditUnlessZero(LedgerAccounts.Receivables, open, account, item),
                .. PostingLine.CreditUnlessZero(LedgerAccounts.Credit, amount - open, account),
            ]
        )
        {
            Reverses = fee,
        };

    /// <summary>The same sides the other way round: what was taken over is taken back.</summary>
    public Posting Undone(DateOnly bookedOn) =>
        new(
            PostingKind.OpeningUndo,
            bookedOn,
            bookedOn,
            Item,
            Text,
            [.. Lines.Select(line => line with { DebitAmount = line.CreditAmount, CreditAmount = line.DebitAmount })]
        );
}

/// <summary>What is open on an item that a payment settles.</summary>
internal sealed record OpenPart(ItemRef Item, Money Open);

/// <summary>One side of an entry.</summary>
internal sealed record PostingLine(string LedgerAccount, AccountId? Account, ItemRef? Item, Money DebitAmount, Money CreditAmount)
{
    public static PostingLine Debit(string ledgerAccount, Money amount, AccountId? account = null, ItemRef? item = null) =>
        new(ledgerAccount, account, item, amount, Money.Zero);

    public static PostingLine Credit(string ledgerAccount, Money amount, AccountId? account = null, ItemRef? item = null) =>
        new(ledgerAccount, account, item, Money.Zero, amount);

    public static IEnumerable<PostingLine> CreditUnlessZero(string ledgerAccount, Money amount, AccountId? account = null, ItemRef? item = null) =>
        amount == Money.Zero ? [] : [Credit(ledgerAccount, amount, account, item)];
}

/// <summary>What is owed: an invoice, or an item without one, taken over from the books kept before or a fee.</summary>
internal readonly record struct ItemRef(InvoiceId? Invoice, ItemId? Other)
{
    public static implicit operator ItemRef(InvoiceId invoice) => new(invoice, null);

    public static implicit operator ItemRef(ItemId item) => new(null, item);
}
