using Association.Billing.Data;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger.Payments;

/// <summary>
/// Takes a payment back that was entered by hand: an entry of its own with the opposite sides, never a deletion. What it paid is open again; what exceeded
/// that leaves the member's credit, as long as it is still there. Once for each payment.
/// </summary>
/// <param name="Entry">The payment's number in the journal.</param>
/// <param name="Reason">For the journal; 3 to 120 characters.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[MessageName("billing.reverse-payment"), Permission(BillingModule.RecordPayments)]
internal sealed record ReversePayment(long Entry, string Reason, AsShown? Shown = null) : ICommand;

/// <summary>What was taken back.</summary>
/// <param name="Amount">Of the payment.</param>
/// <param name="Number">What it paid.</param>
/// <param name="Open">What is to be paid there now.</param>
internal sealed record ReversedPayment(Money Amount, string Number, Money Open);

/// <summary>A payment with what it paid and the credit of its account, all locked; null when the entry is no payment.</summary>
internal sealed record LockedPayment(PaymentEntry Payment, LockedReceivable Receivable)
{
    public static async Task<LockedPayment?> FindAsync(BillingDb db, long entry, CancellationToken ct)
    {
        if (
            await PaymentEntry.FindAsync(db, entry, ct) is not { } found
            || await LockedReceivable.FindAsync(db, found.Number, ct, undone: true) is not { } receivable
        )
            return null;
        await LockedCredit.OfAsync(db, receivable.Account, ct);
        // Read again after the locks, so that it is what the transaction before it committed.
        return new LockedPayment((await PaymentEntry.FindAsync(db, entry, ct))!, receivable);
    }
}

[PlainWords(typeof(BillingTexts), "Work.ReversePayment")]
internal static class ReversePaymentHandler
{
    public static async Task<LockedPayment?> LoadAsync(ReversePayment command, BillingDb db, SinceShown since, CancellationToken ct)
    {
        var found = await LockedPayment.FindAsync(db, command.Entry, ct);
        await since.CheckItemAsync(command.Shown, found?.Receivable.Item, ct);
        return found;
    }

    public static IEnumerable<Problem> Validate(ReversePayment command, LockedPayment? found, IStringLocalizer<BillingTexts> texts)
    {
        if (found is null)
            yield return new Problem("", texts["Problem.NoSuchPayment", command.Entry]);
        else if (found.Payment.TakenBack is { } done)
            yield return new Problem("", texts["Problem.PaymentTakenBack", done.By, Formats.Of(done.On)]);
        else if (found.Payment.FromCredit > found.Payment.Credit)
            yield return new Problem(
                "",
                texts["Problem.PaymentUsed", Formats.Of(found.Payment.FromCredit), Formats.Of(found.Payment.Credit), found.Payment.MemberName]
            );
        if (command.Reason.Trim() is not { Length: >= 3 and <= 120 })
            yield return new Problem(nameof(command.Reason), texts["Problem.ReasonOfReversal"]);
    }

    public static async Task<ReversedPayment> HandleAsync(
        ReversePayment command,
        LockedPayment found,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (payment, receivable) = (found.Payment, found.Receivable);
        var posting = Posting.OfReversedPayment(
            payment.Id,
            receivable.Item,
            receivable.Account,
            payment.Lines,
            payment.Gone,
            clock.Today(),
            $"Nr. {payment.Entry}: {command.Reason.Trim()}"
        );
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [posting], user.Actor.Name, ct);
        var reopened = Money.Sum(posting.Lines.Where(l => l.LedgerAccount == LedgerAccounts.Receivables).Select(l => l.DebitAmount));
        return new ReversedPayment(payment.Amount, payment.Number, receivable.Open + reopened);
    }
}
