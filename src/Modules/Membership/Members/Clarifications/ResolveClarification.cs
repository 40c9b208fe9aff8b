using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Clarifications;

/// <summary>What answers a clarification in one click.</summary>
internal enum ClarificationAnswer
{
    /// <summary>A note says how it was clarified.</summary>
    Noted,

    /// <summary>The member gets no post.</summary>
    NoPost,

    /// <summary>The member pays by transfer, mandate or not.</summary>
    Transfer,

    /// <summary>The member's mandate is used.</summary>
    DirectDebit,

    /// <summary>Nothing has to be done.</summary>
    NothingToDo,
}

/// <summary>Works off something open, together with the change of the member that it asks for.</summary>
/// <param name="Id">Which.</param>
/// <param name="Answer">What to do.</param>
/// <param name="Note">How it was clarified; needed for <see cref="ClarificationAnswer.Noted"/>.</param>
[Permission(MembersFeature.Edit)]
internal sealed record ResolveClarification(ClarificationId Id, ClarificationAnswer Answer, string Note = "") : ICommand;

internal static class ResolveClarificationHandler
{
    public static async Task<(Clarification?, Member?)> LoadAsync(ResolveClarification command, MembershipDb db, CancellationToken ct)
    {
        var clarification = await db.Clarifications.SingleOrDefaultAsync(c => c.Id == command.Id, ct);
        var member = clarification?.MemberId is { } id ? await db.Members.SingleOrDefaultAsync(m => m.Id == id, ct) : null;
        return (clarification, member);
    }

    public static IEnumerable<Problem> Validate(
        ResolveClarification command,
        Clarification? clarification,
        Member? member,
        IStringLocalizer<MembersTexts> texts
    )
    {
        if (clarification is null)
            yield return new("", texts["Problem.ClarificationGone"]);
        else if (clarification.State == ClarificationState.Done)
            yield return new("", texts["Problem.ClarificationDone", clarification.ResolvedByName ?? ""]);
        else if (command.Answer == ClarificationAnswer.Noted && TidyText.OrNull(command.Note) is null)
            yield return new(nameof(command.Note), texts["Problem.NoteMissing"]);
        else if (TidyText.Line(command.Note) is { Length: > 1000 } note)
            yield return new(nameof(command.Note), texts["Problem.TooLong", note.Length, 1000]);
        else if (command.Answer is ClarificationAnswer.NoPost or ClarificationAnswer.Transfer or ClarificationAnswer.DirectDebit && member is null)
            yield return new("", texts["Problem.MemberGone"]);
        else if (command.Answer == ClarificationAnswer.DirectDebit && member is { HasMandate: false })
            yield return new("", texts["Problem.NoMandate"]);
    }

    public static MembersChanged? Handle(
        ResolveClarification command,
        Clarification clarification,
        Member? member,
        IStringLocalizer<MembersTexts> texts,
        CurrentUser user,
        TimeProvider clock
    )
    {
        switch (command.Answer)
        {
            case ClarificationAnswer.NoPost:
                member!.NoPost = true;
                break;
            case ClarificationAnswer.Transfer:
                member!.PaymentRoute = PaymentRoute.Transfer;
                break;
            case ClarificationAnswer.DirectDebit:
                member!.PaymentRoute = PaymentRoute.DirectDebit;
                break;
        }
        clarification.Resolve(TidyText.OrNull(command.Note) ?? texts[$"Answer.{command.Answer}"], user.Actor.Id?.Value, user.Actor.Name, clock.GetUtcNow());
        return member is null ? null : new MembersChanged([member.Id]);
    }
}
