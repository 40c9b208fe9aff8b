using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Relief;

/// <summary>The second person agrees. Once given, a repetition does nothing.</summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[Permission(BillingModule.ApproveRelief)]
internal sealed record ApproveRelief(string Number, AsShown? Shown = null) : ICommand;

internal static class ApproveReliefHandler
{
    public static async Task<SubjectWithReliefs> LoadAsync(ApproveRelief command, BillingDb db, SinceShown since, CancellationToken ct)
    {
        var found = await SubjectWithReliefs.FindAsync(db, command.Number, ct);
        if (found.Waiting is not null)
            await since.CheckItemAsync(command.Shown, found.Subject?.Item, ct);
        return found;
    }

    public static Problem? Validate(ApproveRelief command, SubjectWithReliefs found, FourEyes four, IStringLocalizer<ReliefTexts> texts) =>
        four.Obstacle(found.Approval)
        ?? (
            found is { Subject: { } subject, Waiting: { } waiting } && waiting.Amount > subject.Left
                ? new Problem("", texts["Problem.OpenChanged", Formats.Of(subject.Left), Formats.Of(waiting.Amount)])
                : null
        );

    public static async Task HandleAsync(ApproveRelief command, SubjectWithReliefs found, BillingDb db, FourEyes four, TimeProvider clock, CancellationToken ct)
    {
        if (found.Waiting is { } relief && four.Approve(relief.Approval))
            relief.Post(await RequestReliefHandler.PostAsync(db, relief, found.Subject!, relief.Approval.ApprovedByName!, clock, ct));
    }
}

/// <summary>Gives a resolution up that waits for its second person: who asked for it withdraws it, and who should agree says why not.</summary>
[Permission(BillingModule.ApproveRelief)]
internal sealed record WithdrawRelief(string Number, string Reason = "") : ICommand;

internal static class WithdrawReliefHandler
{
    public static Task<SubjectWithReliefs> LoadAsync(WithdrawRelief command, BillingDb db, CancellationToken ct) =>
        SubjectWithReliefs.FindAsync(db, command.Number, ct);

    public static Problem? Validate(WithdrawRelief command, SubjectWithReliefs found, FourEyes four) =>
        four.ObstacleToEnd(found.Approval ?? (found.Reliefs is [var newest, ..] ? newest.Approval : null), command.Reason);

    public static void Handle(WithdrawRelief command, SubjectWithReliefs found, FourEyes four)
    {
        if (found.Waiting is { } relief && four.End(relief.Approval, command.Reason))
            relief.GiveUp();
    }
}

/// <summary>Takes the newest waiver or write-off back by a posting of its own: the claim is open again, the credit there again.</summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="Reason">For the journal; 3 to 300 characters.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[Permission(BillingModule.RequestRelief)]
internal sealed record ReverseRelief(string Number, string Reason, AsShown? Shown = null) : ICommand;

internal static class ReverseReliefHandler
{
    public static async Task<SubjectWithReliefs> LoadAsync(ReverseRelief command, BillingDb db, SinceShown since, CancellationToken ct)
    {
        var found = await SubjectWithReliefs.FindAsync(db, command.Number, ct);
        await since.CheckItemAsync(command.Shown, found.Subject?.Item, ct);
        return found;
    }

    public static IEnumerable<Problem> Validate(ReverseRelief command, SubjectWithReliefs found, IStringLocalizer<ReliefTexts> texts)
    {
        if (found.Posted is not { } posted)
            yield return new Problem("", texts["Problem.NothingToReverse", command.Number]);
        else if (posted.Kind == ReliefKind.WriteOff && found.Subject!.Forgiven.Recovered > Money.Zero)
            yield return new Problem("", texts["Problem.Recovered", Formats.Of(found.Subject.Forgiven.Recovered)]);
        if (command.Reason.Trim() is not { Length: >= 3 and <= 300 })
            yield return new Problem(nameof(command.Reason), texts["Problem.Reason"]);
    }

    public static async Task HandleAsync(
        ReverseRelief command,
        SubjectWithReliefs found,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (relief, today) = (found.Posted!, clock.Today());
        var reversal = Posting.OfReversedRelief(
            relief.PostingId!.Value,
            RequestReliefHandler.Compose(relief, found.Subject!, today),
            today,
            command.Reason.Trim()
        );
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [reversal], user.Actor.Name, ct);
        relief.Reverse(reversal.Id);
    }
}
