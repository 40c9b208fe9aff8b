using Association.Billing.Data;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger.Payments;

/// <summary>Pay an open invoice, or an open item taken over, from the member's credit, as far as it reaches.</summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="Shown">What the page showed of the account; null is not checked.</param>
[MessageName("billing.set-off-credit"), Permission(BillingModule.RecordPayments)]
internal sealed record SetOffCredit(string Number, AsShown? Shown = null) : ICommand;

/// <summary>What was set off.</summary>
/// <param name="Amount">Taken from the credit.</param>
/// <param name="Open">Still to be paid on the invoice.</param>
internal sealed record SetOff(Money Amount, Money Open);

/// <summary>What is owed and the credit of its account, both locked.</summary>
internal sealed record ReceivableAndCredit(LockedReceivable? Receivable, Money Credit);

[PlainWords(typeof(BillingTexts), "Work.SetOffCredit")]
internal static class SetOffCreditHandler
{
    public static async Task<ReceivableAndCredit> LoadAsync(SetOffCredit command, BillingDb db, SinceShown since, CancellationToken ct)
    {
        if (await LockedReceivable.FindAsync(db, command.Number, ct) is not { } receivable)
            return new ReceivableAndCredit(null, Money.Zero);
        var credit = await LockedCredit.OfAsync(db, receivable.Account, ct);
        await since.CheckAccountAsync(command.Shown, receivable.Account, ct);
        return new ReceivableAndCredit(receivable, credit);
    }

    public static Problem? Validate(SetOffCredit command, ReceivableAndCredit found, IStringLocalizer<BillingTexts> texts) =>
        found switch
        {
            { Receivable: null } => new Problem(nameof(command.Number), texts["Problem.NoSuchInvoice", command.Number]),
            { Credit.Amount: <= 0 } => new Problem("", texts["Problem.NoCredit"]),
            { Receivable.Open.Amount: <= 0 } => new Problem(nameof(command.Number), texts["Problem.NothingOpen", found.Receivable.Number]),
            _ => null,
        };

    public static async Task<SetOff> HandleAsync(
        SetOffCredit command,
        ReceivableAndCredit found,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var receivable = found.Receivable!;
        var amount = found.Credit < receivable.Open ? found.Credit : receivable.Open;
        var posting = Posting.OfSetOff(receivable.Item, receivable.Account, amount, clock.Today(), receivable.Number);
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [posting], user.Actor.Name, ct);
        return new SetOff(amount, receivable.Open - amount);
    }
}
