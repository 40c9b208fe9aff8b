using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
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
/// <param name="LeavesOn">The last day of membership.</param>
[Permission(MembersFeature.Edit)]
internal sealed record RecordResignation(MemberId Id, uint Version, LeavingReason Reason, DateOnly? NoticeReceivedOn, DateOnly LeavesOn) : ICommand;

internal static class RecordResignationHandler
{
    public static Task<Member?> LoadAsync(RecordResignation command, MembershipDb db, CancellationToken ct) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct);

    public static IEnumerable<Problem> Validate(RecordResignation command, Member? member, IStringLocalizer<MembersTexts> texts, TimeProvider clock)
    {
        if (MemberEdit.Check(member, command.Version, texts) is { } gone)
        {
            yield return gone;
            yield break;
        }
        if (command.LeavesOn < member!.JoinedOn)
            yield return new(nameof(command.LeavesOn), texts["Problem.ExitBeforeEntry", Formats.Of(member.JoinedOn)]);
        else if (command.LeavesOn > clock.Today().AddYears(5))
            yield return new(nameof(command.LeavesOn), texts["Problem.ExitTooLate"]);
        if (command.Reason != LeavingReason.Resignation)
            yield break;
        if (command.NoticeReceivedOn is not { } received)
            yield return new(nameof(command.NoticeReceivedOn), texts["Problem.NoticeMissing"]);
        else if (received > clock.Today())
            yield return new(nameof(command.NoticeReceivedOn), texts["Problem.NoticeAhead"]);
        else if (command.LeavesOn is not { Month: 12, Day: 31 })
            yield return new(nameof(command.LeavesOn), texts["Problem.ExitAtYearEnd", Formats.Of(NoticePeriod.EarliestExit(received))]);
        else if (command.LeavesOn < NoticePeriod.EarliestExit(received))
            yield return new(
                nameof(command.LeavesOn),
                texts[
                    "Problem.NoticeLate",
                    Formats.Of(received),
                    Formats.Of(NoticePeriod.LastDayOf(received.Year)),
                    Formats.Of(NoticePeriod.EarliestExit(received))
                ]
            );
    }

    public static MembersChanged Handle(RecordResignation command, Member member)
    {
        member.LeftOn = command.LeavesOn;
        member.LeftReason = command.Reason;
        member.NoticeReceivedOn = command.Reason == LeavingReason.Resignation ? command.NoticeReceivedOn : null;
        return new MembersChanged([member.Id]);
    }
}

/// <summary>A resignation takes effect on 31.12. with three months' notice; what counts is the day on which it arrived (§ 4 of the regulation).</summary>
internal static class NoticePeriod
{
    /// <summary>The last day on which a notice for the end of a year may arrive; a weekend does not extend it.</summary>
    public static DateOnly LastDayOf(int year) => new(year, 9, 30);

    /// <summary>The first 31 December on which a notice can take effect.</summary>
    public static DateOnly EarliestExit(DateOnly received) => new(received <= LastDayOf(received.Year) ? received.Year : received.Year + 1, 12, 31);
}
