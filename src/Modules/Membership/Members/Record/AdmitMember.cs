using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Record;

/// <summary>Takes up a new member. Answers <see cref="MemberAdmitted"/>.</summary>
/// <param name="Number">Null: the next free number.</param>
/// <param name="Category">Code.</param>
/// <param name="JoinedOn">First day of membership.</param>
/// <param name="Details">Name, address and so on.</param>
[Permission(MembersFeature.Edit)]
internal sealed record AdmitMember(string? Number, string Category, DateOnly JoinedOn, MemberDetails Details) : ICommand;

internal sealed record MemberAdmitted(MemberId Id, string Number);

internal static class AdmitMemberHandler
{
    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        AdmitMember command,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var problems = command.Details.Tidy().Problems(texts).ToList();
        if (MemberRules.EntryProblem(command.JoinedOn, null, clock.Today(), texts) is { } entry)
            problems.Add(entry);
        if (await db.Categories.FindAsync([command.Category], ct) is null)
            problems.Add(new(nameof(command.Category), texts["Problem.Category"]));
        if (TidyText.OrNull(command.Number) is { } number && await MemberRules.NumberProblemAsync(db, number, null, texts, ct) is { } taken)
            problems.Add(taken);
        return problems;
    }

    public static async Task<(MemberAdmitted, MembersChanged)> Handle(
        AdmitMember command,
        MembershipDb db,
        IOfficeRules rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var member = new Member
        {
            Id = MemberId.New(),
            Number =
                TidyText.OrNull(command.Number) ?? await MemberNumbers.DrawAsync(db, (await rules.CurrentAsync(ct)).Numbers.Members, clock.Today().Year, ct),
            Kind = command.Details.Kind,
            Name = "",
            Category = command.Category,
            JoinedOn = command.JoinedOn,
        };
        command.Details.Tidy().Apply(member);
        db.Members.Add(member);
        return (new MemberAdmitted(member.Id, member.Number), new MembersChanged([member.Id]));
    }
}

internal static class MemberRules
{
    /// <summary>An entry lies in this world, no more than two years ahead, and not after the exit.</summary>
    public static Problem? EntryProblem(DateOnly? joinedOn, DateOnly? leftOn, DateOnly today, IStringLocalizer<MembersTexts> texts) =>
        joinedOn switch
        {
            null => null,
            { Year: < 1800 } => new(nameof(Member.JoinedOn), texts["Problem.EntryTooEarly"]),
            { } on when on > today.AddYears(2) => new(nameof(Member.JoinedOn), texts["Problem.EntryTooLate"]),
            { } on when on > leftOn => new(nameof(Member.JoinedOn), texts["Problem.EntryAfterExit", Formats.Of(leftOn)]),
            _ => null,
        };

    public static async Task<Problem?> NumberProblemAsync(
        MembershipDb db,
        string number,
        MemberId? self,
        IStringLocalizer<MembersTexts> texts,
        CancellationToken ct
    )
    {
        if (number.Length > 40)
            return new(nameof(Member.Number), texts["Problem.TooLong", number.Length, 40]);
        var taken = await db.Members.AnyAsync(m => m.Number == number && m.Id != (self ?? default), ct);
        return taken ? new(nameof(Member.Number), texts["Problem.NumberTaken", number]) : null;
    }
}
