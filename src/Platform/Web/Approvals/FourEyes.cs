using Association.Platform.Data.Approvals;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Approvals;

/// <summary>
/// Decides on what waits for a second person. A handler asks in <c>Validate</c> what holds against the click (<see cref="Obstacle"/>) and gives the signature
/// in <c>Handle</c>, with its record locked in between. A click that comes twice does nothing the second time; a page that is out of date is refused.
/// </summary>
public sealed class FourEyes(CurrentUser user, TimeProvider clock, IStringLocalizer<WebTexts> texts)
{
    /// <summary>The field of the reason.</summary>
    public const string Refusal = "Refusal";

    /// <summary>The present user asks.</summary>
    public Approval Ask(bool needsSecond = true) => Approval.Asked(user.Actor, clock.GetUtcNow(), needsSecond);

    /// <summary>Why the present user cannot agree; null when that is possible, or done already.</summary>
    public Problem? Obstacle(Approval? approval) =>
        approval switch
        {
            { State: ApprovalState.Approved or ApprovalState.NotNeeded } => null,
            { State: ApprovalState.Waiting } => approval.WaitsFor(user.Actor) ? null : new Problem("", texts["Approval.SamePerson"]),
            { State: ApprovalState.Refused } => new Problem(
                "",
                texts["Approval.RefusedBy", approval.EndedByName!, Formats.Of(approval.EndedAt!.Value), approval.Refusal!]
            ),
            _ => new Problem("", texts["Approval.Gone"]),
        };

    /// <summary>Why the present user cannot end it: who asked withdraws it, anybody else says why not. Null when that is possible, or done already.</summary>
    public Problem? ObstacleToEnd(Approval? approval, string reason) =>
        approval switch
        {
            null => new Problem("", texts["Approval.Gone"]),
            { State: ApprovalState.Approved or ApprovalState.NotNeeded } => new Problem("", texts["Approval.Final"]),
            { State: ApprovalState.Waiting } when approval.WaitsFor(user.Actor) => Reason(reason),
            _ => null,
        };

    /// <summary>The second signature.</summary>
    /// <returns>False when nothing waits any more: then nothing more is to be done.</returns>
    public bool Approve(Approval approval)
    {
        if (approval.State != ApprovalState.Waiting)
            return false;
        approval.Approve(user.Actor, clock.GetUtcNow());
        return true;
    }

    /// <summary>Who asked withdraws it, anybody else does not agree.</summary>
    /// <returns>False when nothing waits any more.</returns>
    public bool End(Approval approval, string reason)
    {
        if (approval.State != ApprovalState.Waiting)
            return false;
        if (approval.WaitsFor(user.Actor))
            approval.Refuse(user.Actor, clock.GetUtcNow(), reason.Trim());
        else
            approval.Withdraw(user.Actor, clock.GetUtcNow());
        return true;
    }

    private Problem? Reason(string reason) =>
        reason.Trim().Length is >= Approval.ShortestRefusal and <= Approval.LongestRefusal
            ? null
            : new Problem(Refusal, texts["Approval.Reason", Approval.ShortestRefusal, Approval.LongestRefusal]);
}
