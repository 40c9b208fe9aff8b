using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Clarifications;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Record;

/// <summary>Changes the master data of a member.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">The state that the person saw; another one is a concurrent edit.</param>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="JoinedOn">First day of membership; null when nobody knows.</param>
/// <param name="Details">Name, address and so on.</param>
/// <param name="Resolves">A clarification that this answers.</param>
[Permission(MembersFeature.Edit)]
internal sealed record EditMember(MemberId Id, uint Version, string Number, DateOnly? JoinedOn, MemberDetails Details, ClarificationId? Resolves = null)
    : ICommand;

internal static class EditMemberHandler
{
    public static Task<Member?> LoadAsync(EditMember command, MembershipDb db, CancellationToken ct) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == command.Id, ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        EditMember command,
        Member? member,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (MemberEdit.Check(member, command.Version, texts) is { } gone)
            return [gone];
        var problems = command.Details.Tidy().Problems(texts).ToList();
        if (MemberRules.EntryProblem(command.JoinedOn, member!.LeftOn, clock.Today(), texts) is { } entry)
            problems.Add(entry);
        var number = TidyText.Line(command.Number);
        if (number.Length == 0)
            problems.Add(new(nameof(command.Number), texts["Problem.NumberMissing"]));
        else if (await MemberRules.NumberProblemAsync(db, number, command.Id, texts, ct) is { } taken)
            problems.Add(taken);
        return problems;
    }

    public static async Task<MembersChanged> Handle(
        EditMember command,
        Member member,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        member.Number = TidyText.Line(command.Number);
        member.JoinedOn = command.JoinedOn;
        command.Details.Tidy().Apply(member);
        await Resolution.OfAsync(db, command.Resolves, texts["Resolution.Edited"], user, clock, ct);
        return new MembersChanged([member.Id]);
    }
}

internal static class MemberEdit
{
    /// <summary>The check that every edit of a member begins with.</summary>
    /// <exception cref="ConcurrentEditException">Somebody changed the member since the person saw it.</exception>
    public static Problem? Check(Member? member, uint version, IStringLocalizer<MembersTexts> texts)
    {
        if (member is null)
            return new("", texts["Problem.MemberGone"]);
        return member.Version == version
            ? null
            : throw new ConcurrentEditException(texts["Problem.ConcurrentEdit"]) { Row = ("membership.member", member.Id.Value.ToString()) };
    }
}
