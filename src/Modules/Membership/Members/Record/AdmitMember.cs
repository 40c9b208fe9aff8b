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
    public static Task<IReadOnlyList<Problem>> ValidateAsync(
        AdmitMember command,
        MembershipDb db,
        IStringLocalizer<MembersTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    ) => Admission.ProblemsAsync(db, command.Number, command.Category, command.JoinedOn, command.Details, clock.Today(), texts, ct);

    public static async Task<(MemberAdmitted, MembersChanged)> Handle(
        AdmitMember command,
        MembershipDb db,
        IOfficeRules rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var numbers = (await rules.CurrentAsync(ct)).Numbers.Members;
        var member = await Admission.AdmitAsync(db, command.Number, command.Category, command.JoinedOn, command.Details, numbers, clock.Today(), ct);
        return (new MemberAdmitted(member.Id, member.Number), new MembersChanged([member.Id]));
    }
}

/// <summary>Takes somebody up, whoever asked for it: the office by hand, or an application that the board accepted.</summary>
internal static class Admission
{
    /// <summary>What speaks against it, each with the name of its property in <see cref="AdmitMember"/> or <see cref="MemberDetails"/>.</summary>
    public static async Task<IReadOnlyList<Problem>> ProblemsAsync(
        MembershipDb db,
        string? number,
        string category,
        DateOnly joinedOn,
        MemberDetails details,
        DateOnly today,
        IStringLocalizer<MembersTexts> texts,
        CancellationToken ct
    )
    {
        var problems = details.Tidy().Problems(texts).ToList();
        if (MemberRules.EntryProblem(joinedOn, null, today, texts) is { } entry)
            problems.Add(entry);
        if (await db.Categories.FindAsync([category], ct) is null)
            problems.Add(new(nameof(AdmitMember.Category), texts["Problem.Category"]));
        if (TidyText.OrNull(number) is { } typed && await MemberRules.NumberProblemAsync(db, typed, null, texts, ct) is { } taken)
            problems.Add(taken);
        return problems;
    }

    /// <summary>The new member, added to the context and not yet saved.</summary>
    /// <param name="db">Of the running transaction.</param>
    /// <param name="number">Null: the next free number, in the form of <paramref name="numbers"/>.</param>
    /// <param name="category">Its code.</param>
    /// <param name="joinedOn">First day of membership.</param>
    /// <param name="details">Name, address and so on.</param>
    /// <param name="numbers">How numbers are written.</param>
    /// <param name="today">Business date.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Member> AdmitAsync(
        MembershipDb db,
        string? number,
        string category,
        DateOnly joinedOn,
        MemberDetails details,
        NumberForm numbers,
        DateOnly today,
        CancellationToken ct
    )
    {
        var member = new Member
        {
            Id = MemberId.New(),
            Number = TidyText.OrNull(number) ?? await MemberNumbers.DrawAsync(db, numbers, today.Year, ct),
            Kind = details.Kind,
            Name = "",
            Category = category,
            JoinedOn = joinedOn,
        };
        details.Tidy().Apply(member);
        db.Members.Add(member);
        return member;
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
