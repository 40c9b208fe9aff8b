using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Leaving;

/// <summary>
/// Confirms a resignation with its last day (<see cref="LetterPurpose.Leaving"/>), or that a confirmed one was taken back (<see cref="LetterPurpose.Staying"/>).
/// Each is written once. Answers the letter.
/// </summary>
/// <param name="Member">To whom.</param>
/// <param name="Purpose">Which of the two.</param>
/// <param name="Way">On paper, or by mail.</param>
/// <param name="Text">With its fields.</param>
/// <param name="AsShown">The <see cref="LetterDesk.AsShown"/> that the person saw; null: whatever it is.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record ConfirmLeaving(MemberId Member, LetterPurpose Purpose, LetterWay Way, SerialText Text, string? AsShown = null) : ICommand;

/// <summary>What there is to confirm.</summary>
/// <param name="Letter">As it would leave.</param>
/// <param name="Before">Of a resignation: the letter that confirmed it already. Of one taken back: the letter that is to be answered.</param>
internal sealed record LeavingToConfirm(RaisedLetter Letter, LeavingLetter? Before)
{
    public static async Task<LeavingToConfirm?> ReadAsync(
        MembershipDb db,
        MemberId member,
        LetterPurpose purpose,
        IDeliveryChoices choices,
        DateOnly today,
        CancellationToken ct
    )
    {
        if (await RaisedLetter.PrepareAsync(db, member, purpose, choices, today, ct) is not { } letter)
            return null;
        if (purpose != LetterPurpose.Staying)
            return new LeavingToConfirm(letter, await LeavingLetters.LiveAsync(db, member, ct));
        // The member's record says nothing of it any more; what was confirmed does.
        var before = await LeavingLetters.UnansweredAsync(db, member, ct);
        var facts = letter.Facts with { LeftOn = before?.LastDay, NoticeReceivedOn = before?.NoticeReceivedOn };
        return new LeavingToConfirm(letter with { Facts = facts }, before);
    }

    /// <summary>Why there is nothing to be written; null when there is.</summary>
    public Problem? Obstacle(LetterPurpose purpose, IStringLocalizer<MembersTexts> texts)
    {
        var member = Letter.Desk.Member;
        return purpose switch
        {
            LetterPurpose.Staying => Before is null || member.LeftOn is not null ? new Problem("", texts["Problem.NothingTakenBack"]) : null,
            LetterPurpose.Leaving when member is not { LeftReason: LeavingReason.Resignation, NoticeReceivedOn: not null } => new Problem(
                "",
                texts["Problem.NoResignation"]
            ),
            LetterPurpose.Leaving when Before is not null => new Problem("", texts["Problem.ConfirmedAlready", Formats.Of(Before.LastDay)]),
            LetterPurpose.Leaving => null,
            _ => new Problem("", texts["Problem.NoResignation"]),
        };
    }
}

internal static class ConfirmLeavingHandler
{
    public static async Task<LeavingToConfirm?> LoadAsync(
        ConfirmLeaving command,
        MembershipDb db,
        IDeliveryChoices choices,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        // Two who confirm at once wait for each other; so does whoever changes the resignation.
        await db.Database.ExecuteSqlAsync($"select from membership.member where id = {command.Member.Value} for no key update", ct);
        return await LeavingToConfirm.ReadAsync(db, command.Member, command.Purpose, choices, clock.Today(), ct);
    }

    public static IEnumerable<Problem> Validate(
        ConfirmLeaving command,
        LeavingToConfirm? found,
        TimeProvider clock,
        IStringLocalizer<MembersTexts> members,
        IStringLocalizer<LetterTemplateTexts> texts,
        IStringLocalizer<SerialLetterTexts> letters
    )
    {
        if (found is null)
            return [new Problem("", members["Problem.MemberGone"])];
        if (found.Obstacle(command.Purpose, members) is { } obstacle)
            return [obstacle];
        if (command.AsShown is { } shown && shown != found.Letter.Desk.AsShown)
            return [new Problem("", texts["Problem.ChangedSince"])];
        return found.Letter.Problems(command.Way, command.Text.Cleaned(), clock.Today(), texts, letters);
    }

    public static async Task<Guid> HandleAsync(ConfirmLeaving command, LeavingToConfirm found, MembershipDb db, LetterWriting writing, CancellationToken ct)
    {
        var letter = await writing.WriteAsync(found.Letter.As(command.Way, command.Text.Cleaned()), ct);
        if (command.Purpose == LetterPurpose.Staying)
            found.Before!.Answer(letter);
        else
            db.Add(
                new LeavingLetter
                {
                    LetterId = letter,
                    MemberId = command.Member,
                    NoticeReceivedOn = found.Letter.Facts.NoticeReceivedOn!.Value,
                    LastDay = found.Letter.Facts.LeftOn!.Value,
                }
            );
        return letter;
    }
}
