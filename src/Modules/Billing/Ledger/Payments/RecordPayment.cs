using Association.Billing.Data;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger.Payments;

/// <summary>Money came in for an invoice or another item, entered by hand. It pays what is open on it and on the fees of its reminders; late money on what was written off is income; the rest
/// becomes the member's credit, as far as whoever enters it has said that it shall. A cancelled invoice takes none.</summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="Amount">Greater than zero.</param>
/// <param name="ReceivedOn">Day of the bank's entry; not in the future.</param>
/// <param name="Note">What the bank or the payer wrote; may be empty; up to 140 characters.</param>
/// <param name="CreditUpTo">At most so much may become credit; more is refused, so that nobody pays twice by mistake.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[MessageName("billing.record-payment"), Permission(BillingModule.RecordPayments)]
internal sealed record RecordPayment(string Number, Money Amount, DateOnly ReceivedOn, string Note = "", Money CreditUpTo = default, AsShown? Shown = null)
    : ICommand;

/// <summary>What became of the money.</summary>
/// <param name="Open">Still to be paid on the invoice.</param>
/// <param name="Credit">What exceeded it.</param>
/// <param name="Recovered">What came in late on a claim written off.</param>
/// <param name="Entry">Its number in the journal.</param>
/// <param name="Fees">What it paid of the fees of reminders.</param>
internal sealed record RecordedPayment(Money Open, Money Credit, Money Recovered = default, long Entry = 0, Money Fees = default);

[PlainWords(typeof(BillingTexts), "Work.RecordPayment")]
internal static class RecordPaymentHandler
{
    public static async Task<LockedReceivable?> LoadAsync(RecordPayment payment, BillingDb db, SinceShown since, CancellationToken ct)
    {
        var receivable = await LockedReceivable.FindWithFeesAsync(db, payment.Number, ct);
        await since.CheckItemAsync(payment.Shown, receivable?.Item, ct);
        return receivable;
    }

    public static IEnumerable<Problem> Validate(RecordPayment payment, LockedReceivable? receivable, TimeProvider clock, IStringLocalizer<BillingTexts> texts)
    {
        if (receivable is null)
            yield return new Problem(nameof(payment.Number), texts["Problem.NoSuchInvoice", payment.Number]);
        else if (receivable.Cancels is { } invoice)
            yield return new Problem(nameof(payment.Number), texts["Problem.NotPayable", receivable.Number, invoice]);
        else if (receivable.CancelledBy is { } cancellation)
            yield return new Problem(nameof(payment.Number), texts["Problem.CancelledTakesNone", receivable.Number, cancellation]);
        if (payment.Amount <= Money.Zero || payment.Amount > Money.Max)
            yield return new Problem(nameof(payment.Amount), texts["Problem.AmountNotPositive"]);
        else if (
            receivable is { Cancels: null, CancelledBy: null }
            && payment.Amount - receivable.Payable - receivable.Recoverable is var over
            && over > payment.CreditUpTo
            && over > Money.Zero
        )
            yield return new Problem(nameof(payment.Amount), texts["Problem.MoreThanOpen", Formats.Of(receivable.Payable), Formats.Of(over)]);
        if (payment.ReceivedOn > clock.Today())
            yield return new Problem(nameof(payment.ReceivedOn), texts["Problem.DateInFuture", payment.ReceivedOn]);
        if (payment.Note.Length > 140)
            yield return new Problem(nameof(payment.Note), texts["Problem.NoteTooLong", payment.Note.Length]);
    }

    public static async Task<RecordedPayment> HandleAsync(
        RecordPayment payment,
        LockedReceivable? receivable,
        BillingDb db,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var text = payment.Note.Trim() is { Length: > 0 } note ? note : receivable!.Number;
        var connection = await db.ConnectionAsync(ct);
        var order = (await rules.CurrentAsync(connection, ct)).Settlement.Order;
        var posting = Posting.OfPayment(
            receivable!.Item,
            receivable.Account,
            payment.Amount,
            receivable.Parts(order),
            receivable.Recoverable,
            payment.ReceivedOn,
            clock.Today(),
            text
        );
        await Journal.AppendAsync(connection, [posting], user.Actor.Name, ct);
        var entry = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition("select sequence from billing.posting where id = @id", new { id = posting.Id.Value }, db.Transaction, cancellationToken: ct)
        );
        var onItem = Credited(posting, l => l.Item == receivable.Item);
        return new RecordedPayment(
            receivable.Open - onItem,
            Credited(posting, l => l.LedgerAccount == LedgerAccounts.Credit),
            Credited(posting, l => l.LedgerAccount == LedgerAccounts.Recovered),
            entry,
            Credited(posting, l => l.Item is { } paid && paid != receivable.Item)
        );
    }

    private static Money Credited(Posting posting, Func<PostingLine, bool> which) => Money.Sum(posting.Lines.Where(which).Select(l => l.CreditAmount));
}
