using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Clarifications;
using Association.Membership.Members.Model;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Reductions;

/// <summary>Records that a member's dues are reduced by resolution, or that it is an honorary member.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Kind">An honorary membership frees from dues entirely.</param>
/// <param name="Percent">More than 0, at most 100, at most two decimals.</param>
/// <param name="FromYear">First dues year.</param>
/// <param name="ToYear">Last dues year; null: without end.</param>
/// <param name="ResolvedBy">„Vorstand“.</param>
/// <param name="ResolvedOn">Day of the resolution.</param>
/// <param name="Note">Anything else; may be empty.</param>
/// <param name="Resolves">A clarification that this answers.</param>
[Permission(DuesFeature.Prepare)]
internal sealed record GrantReduction(
    MemberId Member,
    ReductionKind Kind,
    decimal Percent,
    int FromYear,
    int? ToYear,
    string ResolvedBy,
    DateOnly ResolvedOn,
    string Note = "",
    ClarificationId? Resolves = null
) : ICommand;

internal static class GrantReductionHandler
{
    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        GrantReduction command,
        MembershipDb db,
        IStringLocalizer<DuesTexts> texts,
        CancellationToken ct
    )
    {
        var problems = new List<Problem>();
        if (command.Percent is <= 0 or > 100 || decimal.Round(command.Percent, 2) != command.Percent)
            problems.Add(new(nameof(command.Percent), texts["Problem.Percent"]));
        if (command.Kind == ReductionKind.Honorary && command.Percent != 100)
            problems.Add(new(nameof(command.Percent), texts["Problem.Honorary"]));
        if (command.FromYear is < 1950 or > 2200)
            problems.Add(new(nameof(command.FromYear), texts["Problem.Year"]));
        if (command.ToYear is < 1950 or > 2200)
            problems.Add(new(nameof(command.ToYear), texts["Problem.Year"]));
        if (command.ToYear < command.FromYear)
            problems.Add(new(nameof(command.ToYear), texts["Problem.YearOrder"]));
        if (command.ResolvedBy.Trim() is not { Length: > 0 and <= 200 })
            problems.Add(new(nameof(command.ResolvedBy), texts["Problem.ResolvedBy"]));
        if (command.Note.Length > 1000)
            problems.Add(new(nameof(command.Note), texts["Problem.Note", command.Note.Length, 1000]));
        if (
            problems.Count == 0
            && await db.Set<DuesReduction>()
                .FirstOrDefaultAsync(
                    r => r.MemberId == command.Member && r.FromYear <= (command.ToYear ?? int.MaxValue) && command.FromYear <= (r.ToYear ?? int.MaxValue),
                    ct
                )
                is { } other
        )
            problems.Add(
                new(
                    nameof(command.FromYear),
                    texts["Problem.ReductionOverlap", other.Percent.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture), other.FromYear]
                )
            );
        return problems;
    }

    public static async Task HandleAsync(
        GrantReduction command,
        MembershipDb db,
        IStringLocalizer<DuesTexts> texts,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        db.Add(
            new DuesReduction
            {
                Id = ReductionId.New(),
                MemberId = command.Member,
                Kind = command.Kind,
                Percent = command.Percent,
                FromYear = command.FromYear,
                ToYear = command.ToYear,
                ResolvedBy = command.ResolvedBy.Trim(),
                ResolvedOn = command.ResolvedOn,
                Note = command.Note.Trim(),
            }
        );
        await Resolution.OfAsync(db, command.Resolves, texts["Reduction.Resolves"], user, clock, ct);
    }
}

/// <summary>Ends a reduction with a year, or takes it away when it never held.</summary>
/// <param name="Reduction">Which.</param>
/// <param name="LastYear">The last year in which it holds; before its first year it is taken away.</param>
[Permission(DuesFeature.Prepare)]
internal sealed record EndReduction(ReductionId Reduction, int LastYear) : ICommand;

internal static class EndReductionHandler
{
    public static Task<DuesReduction?> LoadAsync(EndReduction command, MembershipDb db, CancellationToken ct) =>
        db.Set<DuesReduction>().SingleOrDefaultAsync(r => r.Id == command.Reduction, ct);

    public static Problem? Validate(EndReduction command, DuesReduction? reduction, IStringLocalizer<DuesTexts> texts) =>
        reduction switch
        {
            null => new Problem("", texts["Problem.ReductionGone"]),
            { ToYear: { } end } when command.LastYear > end => new Problem(nameof(command.LastYear), texts["Problem.ReductionLonger", end]),
            _ => null,
        };

    public static void Handle(EndReduction command, DuesReduction reduction, MembershipDb db)
    {
        if (command.LastYear < reduction.FromYear)
            db.Remove(reduction);
        else
            reduction.ToYear = command.LastYear;
    }
}
