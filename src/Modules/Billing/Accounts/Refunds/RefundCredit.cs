using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Refunds;

/// <summary>A credit was paid back to the member by transfer: the ledger follows.</summary>
/// <param name="Member">The member's number.</param>
/// <param name="Amount">Greater than zero, at most the credit.</param>
/// <param name="PaidOn">The day of the transfer; not in the future.</param>
/// <param name="Note">To whom or why; may be empty; up to 140 characters.</param>
[MessageName("billing.refund-credit"), Permission(BillingModule.RecordPayments)]
internal sealed record RefundCredit(string Member, Money Amount, DateOnly PaidOn, string Note = "") : ICommand;

/// <summary>What was paid back.</summary>
/// <param name="Amount">Paid back.</param>
/// <param name="Left">The credit that remains.</param>
internal sealed record RefundedCredit(Money Amount, Money Left);

/// <summary>An account and its credit, both locked; null without such an account.</summary>
internal sealed record AccountAndCredit(AccountId? Account, Money Credit);

[PlainWords(typeof(AccountTexts), "Work.RefundCredit")]
internal static class RefundCreditHandler
{
    public static async Task<AccountAndCredit> LoadAsync(RefundCredit refund, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var id = await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(
                "select id from billing.account where member_number = @number order by id limit 1",
                new { number = refund.Member.Trim() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return id is { } account
            ? new AccountAndCredit(new AccountId(account), await LockedCredit.OfAsync(db, new AccountId(account), ct))
            : new AccountAndCredit(null, Money.Zero);
    }

    public static IEnumerable<Problem> Validate(
        RefundCredit refund,
        AccountAndCredit found,
        TimeProvider clock,
        IStringLocalizer<AccountTexts> texts,
        IStringLocalizer<BillingTexts> billing
    )
    {
        if (found.Account is null)
            yield return new Problem(nameof(refund.Member), texts["Problem.NoSuchAccount", refund.Member]);
        else if (found.Credit <= Money.Zero)
            yield return new Problem("", billing["Problem.NoCredit"]);
        else if (refund.Amount <= Money.Zero)
            yield return new Problem(nameof(refund.Amount), billing["Problem.AmountNotPositive"]);
        else if (refund.Amount > found.Credit)
            yield return new Problem(nameof(refund.Amount), texts["Problem.MoreThanCredit", Platform.Web.Localisation.Formats.Of(found.Credit)]);
        if (refund.PaidOn > clock.Today())
            yield return new Problem(nameof(refund.PaidOn), texts["Problem.RefundInFuture", refund.PaidOn]);
        if (refund.Note.Length > 140)
            yield return new Problem(nameof(refund.Note), billing["Problem.NoteTooLong", refund.Note.Length]);
    }

    public static async Task<RefundedCredit> HandleAsync(
        RefundCredit refund,
        AccountAndCredit found,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var text = refund.Note.Trim() is { Length: > 0 } note ? note : refund.Member;
        var posting = Posting.OfRefund(found.Account!.Value, refund.Amount, refund.PaidOn, clock.Today(), text);
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [posting], user.Actor.Name, ct);
        return new RefundedCredit(refund.Amount, found.Credit - refund.Amount);
    }
}
