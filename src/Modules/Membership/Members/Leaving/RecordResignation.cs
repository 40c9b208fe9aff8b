using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Leaving;

/// <summary>Records that a membership ends.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">The state that the person saw.</param>
/// <param name="Reason">A resignation keeps the period of notice; death, dissolution and exclusion end the membership on their day.</param>
/// <param name="NoticeReceivedOn">When the declaration arrived: what counts, also at a weekend. Only of a resignation.</param>
/// <param name="LeavesOn">The last day of membership; null of a resignation: the first day on which it can take effect.</param>
/// <param name="Later">The member itself wants to leave later than it could.</param>
[Permission(MembersFeature.Edit)]
internal sealed record RecordResignation(MemberId Id, uint Version, LeavingReason Reason, DateOnly? NoticeReceivedOn, DateOnly? LeavesOn, bool Later = false)
    : ICommand;

internal static class RecordResignationHandler
{
    public static async Task<(Member?, NoticeRules)> LoadAsync(RecordResignation command, MembershipDb db, IOfficeRules rules, CancellationToken ct) =>
        (await db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct), (await rules.CurrentAsync(await db.ConnectionAsync(ct), ct)).Notice);

    public static IEnumerable<Problem> Validate(
        RecordResignation command,
        Member? member,
        NoticeRules notice,
        IStringLocalizer<MembersTexts> texts,
        TimeProvider clock
    )
    {
        if (MemberEdit.Check(member, command.Version, texts) is { } gone)
        {
            yield return gone;
            yield break;
        }
        if (!LeavingReasons.Of(member!.Kind).Contains(command.Reason))
            yield return new(nameof(command.Reason), texts["Problem.ReasonOfKind"]);
        if (command.LeavesOn < member.JoinedOn)
            yield return new(nameof(command.LeavesOn), texts["Problem.ExitBeforeEntry", Formats.Of(member.JoinedOn)]);
        else if (command.LeavesOn > clock.Today().AddYears(5))
            yield return new(nameof(command.LeavesOn), texts["Problem.ExitTooLate"]);
        if (command.Reason != LeavingReason.Resignation)
        {
            if (command.LeavesOn is null)
                yield return new(nameof(command.LeavesOn), texts["Problem.LastDayMissing"]);
            yield break;
        }
        if (command.NoticeReceivedOn is not { } received)
            yield return new(nameof(command.NoticeReceivedOn), texts["Problem.NoticeMissing"]);
        else if (received > clock.Today())
            yield return new(nameof(command.NoticeReceivedOn), texts["Problem.NoticeAhead"]);
        else if (LastDayProblem(command, received, notice, texts) is { } problem)
            yield return new(nameof(command.LeavesOn), problem);
    }

    public static async Task<MembersChanged> HandleAsync(
        RecordResignation command,
        Member member,
        NoticeRules notice,
        MembershipDb db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        member.LeftOn = command.LeavesOn ?? notice.LastDayFor(command.NoticeReceivedOn!.Value);
        member.LeftReason = command.Reason;
        member.NoticeReceivedOn = command.Reason == LeavingReason.Resignation ? command.NoticeReceivedOn : null;
        await LeavingLetters.OutdateAsync(db, member.Id, member.NoticeReceivedOn, member.LeftOn, clock.GetUtcNow(), ct);
        return new MembersChanged([member.Id]);
    }

    // A year more is a year's dues: it is never computed without a word, and never typed by mistake.
    private static string? LastDayProblem(RecordResignation command, DateOnly received, NoticeRules notice, IStringLocalizer<MembersTexts> texts)
    {
        var (earliest, missed) = (notice.LastDayFor(received), notice.EndOf(received));
        if (command.LeavesOn is not { } last)
            return earliest <= received.AddYears(1)
                ? null
                : texts["Problem.NoticeLate", Formats.Of(received), Formats.Of(notice.DeadlineFor(missed)), Formats.Of(earliest), Formats.Of(missed)].Value;
        return !notice.IsEnd(last) ? texts["Problem.ExitAtPeriodEnd", NoticeWords.Of(notice, texts), Formats.Of(earliest)].Value
            : last < earliest
                ? texts["Problem.NoticeLate", Formats.Of(received), Formats.Of(notice.DeadlineFor(last)), Formats.Of(earliest), Formats.Of(last)].Value
            : last > earliest && !command.Later ? texts["Problem.ExitLater", Formats.Of(received), Formats.Of(earliest), Formats.Of(last)].Value
            : null;
    }
}

/// <summary>A hospital does not die, and a person is not dissolved.</summary>
internal static class LeavingReasons
{
    public static IReadOnlyList<LeavingReason> Of(MemberKind kind) =>
        [LeavingReason.Resignation, LeavingReason.Exclusion, kind == MemberKind.Person ? LeavingReason.Death : LeavingReason.Dissolution];
}

/// <summary>The last day that a form means.</summary>
internal static class LastDays
{
    /// <summary>What was typed; null when it is to be computed: nothing was typed, or the day still stands there that followed from another day of
    /// receipt.</summary>
    public static DateOnly? Typed(Member member, LeavingReason reason, DateOnly? received, DateOnly? typed, NoticeRules notice) =>
        reason == LeavingReason.Resignation
        && member is { LeftReason: LeavingReason.Resignation, NoticeReceivedOn: { } before }
        && received != before
        && typed == member.LeftOn
        && typed == notice.LastDayFor(before)
            ? null
            : typed;
}

/// <summary>The period of notice in words: „3 Monate zum Jahresende“.</summary>
internal static class NoticeWords
{
    public static string Of(NoticeRules notice, IStringLocalizer<MembersTexts> texts) =>
        texts["Notice.Months", new Count(notice.Months), texts["NoticeEnd." + notice.End]];

    /// <summary>„Kündigung eingegangen am 15.10.2026, Frist 3 Monate zum Jahresende: letzter Tag 31.12.2027.“</summary>
    public static string Of(NoticeRules notice, DateOnly received, DateOnly last, IStringLocalizer<MembersTexts> texts) =>
        texts["Notice.Sentence", Formats.Of(received), Of(notice, texts), Formats.Of(last)];
}
