using Association.Billing.Data;
using Association.Billing.Ledger.Payments;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Refunds;

/// <summary>The second person agrees, and the refund is posted. Once given, a repetition does nothing.</summary>
/// <param name="Id">Of the request: what was asked anew since is another one.</param>
/// <param name="PaidOn">The day of the transfer, which follows the agreement; not in the future.</param>
[Permission(BillingModule.ApproveRefunds)]
internal sealed record ApproveRefund(RefundRequestId Id, DateOnly PaidOn) : ICommand;

/// <summary>A request and the credit of its account, both locked; null without such a request.</summary>
internal sealed record RequestAndCredit(RefundRequest? Request, Money Credit)
{
    public static async Task<RequestAndCredit> FindAsync(BillingDb db, RefundRequestId id, CancellationToken ct)
    {
        if (await RefundRequests.FindAsync(db, id, ct) is not { } found)
            return new RequestAndCredit(null, Money.Zero);
        var credit = await LockedCredit.OfAsync(db, found.Account, ct);
        // Read again after the lock, so that it is what the transaction before it committed.
        return new RequestAndCredit(await RefundRequests.FindAsync(db, id, ct), credit);
    }
}

internal static class ApproveRefundHandler
{
    public static Task<RequestAndCredit> LoadAsync(ApproveRefund command, BillingDb db, CancellationToken ct) => RequestAndCredit.FindAsync(db, command.Id, ct);

    public static Problem? Validate(
        ApproveRefund command,
        RequestAndCredit found,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<RefundTexts> texts,
        IStringLocalizer<AccountTexts> account
    ) =>
        found switch
        {
            { Request: null or { State: RefundState.Withdrawn } } => new Problem("", texts["Problem.Gone"]),
            { Request.State: RefundState.Posted } => null,
            { Request.RequestedBy: var by } when by == user.Actor.Id => new Problem("", texts["Problem.SamePerson"]),
            // It may have been set off, given up or paid back since.
            { Request.Amount: var amount } when amount > found.Credit => new Problem(
                "",
                texts["Problem.CreditChanged", Formats.Of(found.Credit), Formats.Of(amount)]
            ),
            _ when command.PaidOn > clock.Today() => new Problem(nameof(command.PaidOn), account["Problem.RefundInFuture", command.PaidOn]),
            _ => null,
        };

    public static async Task HandleAsync(
        ApproveRefund command,
        RequestAndCredit found,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (found.Request is not { State: RefundState.Requested } request)
            return;
        var refund = new RefundCredit(request.MemberNumber, request.Amount, command.PaidOn, request.Note);
        var posting = await RefundCreditHandler.PostAsync(db, request.Account, refund, user.Actor.Signature, clock, ct);
        await RefundRequests.ApproveAsync(db, request.Id, user.Actor, clock.GetUtcNow(), posting, ct);
    }
}

/// <summary>Gives a refund up that waits for its second person; who asked for it may, and who should agree.</summary>
[Permission(BillingModule.ApproveRefunds)]
internal sealed record WithdrawRefund(RefundRequestId Id) : ICommand;

internal static class WithdrawRefundHandler
{
    public static Task<RequestAndCredit> LoadAsync(WithdrawRefund command, BillingDb db, CancellationToken ct) =>
        RequestAndCredit.FindAsync(db, command.Id, ct);

    public static Problem? Validate(WithdrawRefund command, RequestAndCredit found, IStringLocalizer<RefundTexts> texts) =>
        found.Request switch
        {
            null => new Problem("", texts["Problem.Gone"]),
            { State: RefundState.Posted } => new Problem("", texts["Problem.AlreadyPosted"]),
            _ => null,
        };

    public static async Task HandleAsync(WithdrawRefund command, RequestAndCredit found, BillingDb db, CancellationToken ct)
    {
        if (found.Request is { State: RefundState.Requested } request)
            await RefundRequests.WithdrawAsync(db, request.Id, ct);
    }
}
