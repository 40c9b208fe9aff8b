using Association.Billing.Data;
using Association.Billing.Ledger.Payments;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Refunds;

/// <summary>The second person agrees, and the refund is posted. Once given, a repetition does nothing.</summary>
/// <param name="Id">Of the request: what was asked anew since is another one.</param>
/// <param name="PaidOn">The day of the transfer, which follows the agreement; not in the future.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[Permission(BillingModule.ApproveRefunds)]
internal sealed record ApproveRefund(RefundRequestId Id, DateOnly PaidOn, AsShown? Shown = null) : ICommand;

/// <summary>A request and the credit of its account, both locked; null without such a request.</summary>
internal sealed record RequestAndCredit(RefundRequest? Request, Money Credit)
{
    public static async Task<RequestAndCredit> FindAsync(BillingDb db, RefundRequestId id, CancellationToken ct)
    {
        if (await db.Set<RefundRequest>().Where(r => r.Id == id).Select(r => (AccountId?)r.AccountId).SingleOrDefaultAsync(ct) is not { } account)
            return new RequestAndCredit(null, Money.Zero);
        var credit = await LockedCredit.OfAsync(db, account, ct);
        // Read after the lock, so that it is what the transaction before it committed.
        return new RequestAndCredit(await db.Set<RefundRequest>().SingleAsync(r => r.Id == id, ct), credit);
    }
}

internal static class ApproveRefundHandler
{
    public static async Task<RequestAndCredit> LoadAsync(ApproveRefund command, BillingDb db, SinceShown since, CancellationToken ct)
    {
        var found = await RequestAndCredit.FindAsync(db, command.Id, ct);
        if (found.Request is { State: RefundState.Requested } waiting)
            await since.CheckAccountAsync(command.Shown, waiting.AccountId, ct);
        return found;
    }

    public static Problem? Validate(
        ApproveRefund command,
        RequestAndCredit found,
        FourEyes four,
        TimeProvider clock,
        IStringLocalizer<RefundTexts> texts,
        IStringLocalizer<AccountTexts> account
    ) =>
        four.Obstacle(found.Request?.Approval)
        ?? found.Request switch
        {
            { State: RefundState.Posted } => null,
            // It may have been set off, given up or paid back since.
            { Amount: var amount } when amount > found.Credit => new Problem("", texts["Problem.CreditChanged", Formats.Of(found.Credit), Formats.Of(amount)]),
            _ when command.PaidOn > clock.Today() => new Problem(nameof(command.PaidOn), account["Problem.RefundInFuture", command.PaidOn]),
            _ => null,
        };

    public static async Task HandleAsync(ApproveRefund command, RequestAndCredit found, BillingDb db, FourEyes four, TimeProvider clock, CancellationToken ct)
    {
        var request = found.Request!;
        if (!four.Approve(request.Approval))
            return;
        var refund = new RefundCredit(request.Account.MemberNumber, request.Amount, command.PaidOn, request.Note);
        request.Post(await RefundCreditHandler.PostAsync(db, request.AccountId, refund, request.Approval.ApprovedByName!, clock, ct));
    }
}

/// <summary>Gives a refund up that waits for its second person: who asked for it withdraws it, and who should agree says why not.</summary>
[Permission(BillingModule.ApproveRefunds)]
internal sealed record WithdrawRefund(RefundRequestId Id, string Reason = "") : ICommand;

internal static class WithdrawRefundHandler
{
    public static Task<RequestAndCredit> LoadAsync(WithdrawRefund command, BillingDb db, CancellationToken ct) =>
        RequestAndCredit.FindAsync(db, command.Id, ct);

    public static Problem? Validate(WithdrawRefund command, RequestAndCredit found, FourEyes four) =>
        four.ObstacleToEnd(found.Request?.Approval, command.Reason);

    public static void Handle(WithdrawRefund command, RequestAndCredit found, FourEyes four)
    {
        if (four.End(found.Request!.Approval, command.Reason))
            found.Request.GiveUp();
    }
}
