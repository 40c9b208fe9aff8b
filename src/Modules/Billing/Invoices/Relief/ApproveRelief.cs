using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Relief;

/// <summary>The second person agrees. Once given, a repetition does nothing.</summary>
[Permission(BillingModule.ApproveRelief)]
internal sealed record ApproveRelief(string Number) : ICommand;

internal static class ApproveReliefHandler
{
    public static Task<SubjectWithReliefs> LoadAsync(ApproveRelief command, BillingDb db, CancellationToken ct) =>
        SubjectWithReliefs.FindAsync(db, command.Number, ct);

    public static Problem? Validate(ApproveRelief command, SubjectWithReliefs found, CurrentUser user, IStringLocalizer<ReliefTexts> texts) =>
        found switch
        {
            { Waiting: null, Posted: not null } => null,
            { Waiting: null } => new Problem("", texts["Problem.Gone"]),
            { Waiting.RequestedBy: var by } when by == user.Actor.Id => new Problem("", texts["Problem.SamePerson"]),
            { Subject: { } subject, Waiting: { } waiting } when waiting.Amount > subject.Left => new Problem(
                "",
                texts["Problem.OpenChanged", Formats.Of(subject.Left), Formats.Of(waiting.Amount)]
            ),
            _ => null,
        };

    public static async Task HandleAsync(
        ApproveRelief command,
        SubjectWithReliefs found,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (found.Waiting is not { } relief)
            return;
        var posting = await RequestReliefHandler.PostAsync(db, relief, found.Subject!, user.Actor.Signature, clock, ct);
        await ClaimReliefs.ApproveAsync(db, relief.Id, user.Actor, clock.GetUtcNow(), posting, ct);
    }
}

/// <summary>Gives a resolution up that waits for its second person; who asked for it may, and who should agree.</summary>
[Permission(BillingModule.ApproveRelief)]
internal sealed record WithdrawRelief(string Number) : ICommand;

internal static class WithdrawReliefHandler
{
    public static Task<SubjectWithReliefs> LoadAsync(WithdrawRelief command, BillingDb db, CancellationToken ct) =>
        SubjectWithReliefs.FindAsync(db, command.Number, ct);

    public static Problem? Validate(WithdrawRelief command, SubjectWithReliefs found, IStringLocalizer<ReliefTexts> texts) =>
        found is { Waiting: null, Posted: not null } ? new Problem("", texts["Problem.AlreadyPosted"]) : null;

    public static async Task HandleAsync(WithdrawRelief command, SubjectWithReliefs found, BillingDb db, CancellationToken ct)
    {
        if (found.Waiting is { } relief)
            await ClaimReliefs.WithdrawAsync(db, relief.Id, ct);
    }
}

/// <summary>Takes the newest waiver or write-off back by a posting of its own: the claim is open again, the credit there again.</summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="Reason">For the journal; 3 to 300 characters.</param>
[Permission(BillingModule.RequestRelief)]
internal sealed record ReverseRelief(string Number, string Reason) : ICommand;

internal static class ReverseReliefHandler
{
    public static Task<SubjectWithReliefs> LoadAsync(ReverseRelief command, BillingDb db, CancellationToken ct) =>
        SubjectWithReliefs.FindAsync(db, command.Number, ct);

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
            relief.Posting!.Value,
            RequestReliefHandler.Compose(relief, found.Subject!, today),
            today,
            command.Reason.Trim()
        );
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [reversal], user.Actor.Name, ct);
        await ClaimReliefs.ReverseAsync(db, relief.Id, reversal.Id, ct);
    }
}
