using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Refunds;

/// <summary>
/// A credit is paid back to the member by transfer: the ledger follows. From the office's limit on a second person has to agree first, and the transfer
/// waits for it.
/// </summary>
/// <param name="Member">The member's number.</param>
/// <param name="Amount">Greater than zero, at most the credit.</param>
/// <param name="PaidOn">The day of the transfer; not in the future.</param>
/// <param name="Note">To whom or why; may be empty; up to 140 characters.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[MessageName("billing.refund-credit"), Permission(BillingModule.RecordPayments)]
internal sealed record RefundCredit(string Member, Money Amount, DateOnly PaidOn, string Note = "", AsShown? Shown = null) : ICommand;

/// <summary>What was paid back.</summary>
/// <param name="Amount">Paid back, or to be paid back.</param>
/// <param name="Left">The credit that remains.</param>
/// <param name="Posted">False as long as it waits for a second person.</param>
internal sealed record RefundedCredit(Money Amount, Money Left, bool Posted);

/// <summary>An account and its credit, both locked, with the refund that waits; null without such an account.</summary>
internal sealed record AccountAndCredit(AccountId? Account, Money Credit, RefundRequest? Waiting);

[PlainWords(typeof(AccountTexts), "Work.RefundCredit")]
internal static class RefundCreditHandler
{
    public static async Task<AccountAndCredit> LoadAsync(RefundCredit refund, BillingDb db, SinceShown since, CancellationToken ct)
    {
        if (await NamedAccount.OfMemberAsync(db, refund.Member, ct) is not { } account)
            return new AccountAndCredit(null, Money.Zero, null);
        var credit = await LockedCredit.OfAsync(db, account, ct);
        await since.CheckAccountAsync(refund.Shown, account, ct);
        // Read after the lock, so that it is what the transaction before it committed.
        var waiting = await db.Set<RefundRequest>().SingleOrDefaultAsync(r => r.AccountId == account && r.State == RefundState.Requested, ct);
        return new AccountAndCredit(account, credit, waiting);
    }

    public static IEnumerable<Problem> Validate(
        RefundCredit refund,
        AccountAndCredit found,
        TimeProvider clock,
        IStringLocalizer<AccountTexts> texts,
        IStringLocalizer<BillingTexts> billing,
        IStringLocalizer<RefundTexts> waiting
    )
    {
        if (found.Account is null)
            yield return new Problem(nameof(refund.Member), texts["Problem.NoSuchAccount", refund.Member]);
        else if (found.Waiting is { } request)
            yield return new Problem("", waiting["Problem.Waiting", Formats.Of(request.Amount), request.Approval.AskedByName!]);
        else if (found.Credit <= Money.Zero)
            yield return new Problem("", billing["Problem.NoCredit"]);
        else if (refund.Amount <= Money.Zero)
            yield return new Problem(nameof(refund.Amount), billing["Problem.AmountNotPositive"]);
        else if (refund.Amount > found.Credit)
            yield return new Problem(nameof(refund.Amount), texts["Problem.MoreThanCredit", Formats.Of(found.Credit)]);
        if (refund.PaidOn > clock.Today())
            yield return new Problem(nameof(refund.PaidOn), texts["Problem.RefundInFuture", refund.PaidOn]);
        if (refund.Note.Length > 140)
            yield return new Problem(nameof(refund.Note), billing["Problem.NoteTooLong", refund.Note.Length]);
    }

    public static async Task<RefundedCredit> HandleAsync(
        RefundCredit refund,
        AccountAndCredit found,
        BillingDb db,
        IOfficeRules rules,
        DoneAlone alone,
        FourEyes four,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var account = found.Account!.Value;
        var limit = (await rules.CurrentAsync(ct)).FourEyes.RefundFrom;
        if (await alone.ReachesAsync(limit, refund.Amount, null, account, ct, PostingKind.Refund))
        {
            db.Add(
                new RefundRequest
                {
                    Id = RefundRequestId.New(),
                    AccountId = account,
                    Amount = refund.Amount,
                    PaidOn = refund.PaidOn,
                    Note = refund.Note.Trim(),
                    Approval = four.Ask(),
                }
            );
            return new RefundedCredit(refund.Amount, found.Credit, Posted: false);
        }
        await PostAsync(db, account, refund, user.Actor.Name, clock, ct);
        return new RefundedCredit(refund.Amount, found.Credit - refund.Amount, Posted: true);
    }

    /// <summary>Posts it; the credit is less from here on. <c>by</c> is who posts, as shown in the journal.</summary>
    public static async Task<PostingId> PostAsync(BillingDb db, AccountId account, RefundCredit refund, string by, TimeProvider clock, CancellationToken ct)
    {
        var text = refund.Note.Trim() is { Length: > 0 } note ? note : refund.Member;
        var posting = Posting.OfRefund(account, refund.Amount, refund.PaidOn, clock.Today(), text);
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [posting], by, ct);
        return posting.Id;
    }
}
