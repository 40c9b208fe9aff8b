using Association.Billing.Data;
using Association.Billing.Invoices;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger;

/// <summary>Pay an open invoice from the member's credit, as far as it reaches.</summary>
/// <param name="Number">Of the invoice.</param>
[MessageName("billing.set-off-credit"), Permission(BillingModule.RecordPayments)]
internal sealed record SetOffCredit(string Number) : ICommand;

/// <summary>What was set off.</summary>
/// <param name="Amount">Taken from the credit.</param>
/// <param name="Open">Still to be paid on the invoice.</param>
internal sealed record SetOff(Money Amount, Money Open);

/// <summary>An invoice and the credit of its account, both locked.</summary>
internal sealed record InvoiceAndCredit(LockedInvoice? Invoice, Money Credit);

[PlainWords(typeof(BillingTexts), "Work.SetOffCredit")]
internal static class SetOffCreditHandler
{
    public static async Task<InvoiceAndCredit> LoadAsync(SetOffCredit command, BillingDb db, CancellationToken ct)
    {
        if (await LockedInvoice.FindAsync(db, command.Number, ct) is not { } invoice) return new InvoiceAndCredit(null, Money.Zero);
        var connection = await db.ConnectionAsync(ct);
        var account = new { id = invoice.Account.Value };
        await connection.ExecuteAsync(new CommandDefinition("select from billing.account where id = @id for no key update", account, db.Transaction, cancellationToken: ct));
        var credit = await connection.ExecuteScalarAsync<decimal?>(new CommandDefinition(
            "select balance from billing.credit_balance where account_id = @id", account, db.Transaction, cancellationToken: ct));
        return new InvoiceAndCredit(invoice, new Money(credit ?? 0));
    }

    public static Problem? Validate(SetOffCredit command, InvoiceAndCredit found, IStringLocalizer<BillingTexts> texts) => found switch
    {
        { Invoice: null } => new Problem(nameof(command.Number), texts["Problem.NoSuchInvoice", command.Number]),
        { Credit.Amount: <= 0 } => new Problem("", texts["Problem.NoCredit"]),
        { Invoice.Open.Amount: <= 0 } => new Problem(nameof(command.Number), texts["Problem.NothingOpen", found.Invoice.Number]),
        _ => null,
    };

    public static async Task<SetOff> HandleAsync(SetOffCredit command, InvoiceAndCredit found, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var invoice = found.Invoice!;
        var amount = found.Credit < invoice.Open ? found.Credit : invoice.Open;
        var posting = Posting.OfSetOff(invoice.Id, invoice.Account, amount, clock.Today(), invoice.Number);
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [posting], user.Actor.Name, ct);
        return new SetOff(amount, invoice.Open - amount);
    }
}
