using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Simulation;

/// <summary>What would a year bring under a version, beside what it brings under the version that holds now? Nothing is stored.</summary>
/// <param name="Number">The version, a draft as a rule.</param>
/// <param name="Year">Dues year; null: the first that the version decides.</param>
/// <param name="Values">Which values count; null: those of the year once its reference date has come, the newest before.</param>
/// <param name="Category">Only members of a category are listed; null: of all.</param>
/// <param name="Sort"><c>name</c>, <c>now</c>, <c>then</c> or <c>difference</c>, descending with <c>-</c> before it.</param>
/// <param name="Skip">How many members to leave out.</param>
/// <param name="Take">How many to return.</param>
[Permission(DuesFeature.Read)]
internal sealed record SimulateRegulation(
    int Number,
    int? Year = null,
    DuesValues? Values = null,
    string? Category = null,
    string Sort = SimulateRegulation.ByDifference,
    int Skip = 0,
    int Take = 50
) : IQuery<RegulationSimulation?>
{
    public const string ByDifference = "-difference";
}

/// <summary>The answer.</summary>
/// <param name="Version">The version.</param>
/// <param name="Baseline">What holds in the year without it; null when nothing does.</param>
/// <param name="Year">Dues year.</param>
/// <param name="Values">Which values counted.</param>
/// <param name="Names">Names of the categories by code, in the office's order.</param>
/// <param name="Categories">Sums, in the office's order.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Matching">How many members the list has.</param>
/// <param name="Members">Those asked for.</param>
internal sealed record RegulationSimulation(
    RegulationVersion Version,
    RegulationVersion? Baseline,
    int Year,
    DuesValues Values,
    IReadOnlyDictionary<string, string> Names,
    IReadOnlyList<CategorySimulation> Categories,
    CategorySimulation Total,
    int Matching,
    IReadOnlyList<SimulatedMember> Members
);

/// <summary>The sums of a category. Who has no value is counted and otherwise left out, on both sides.</summary>
/// <param name="Category">Its code; empty for the sum of all.</param>
/// <param name="Members">Members whose amounts are known.</param>
/// <param name="Now">What they owe without the version.</param>
/// <param name="Then">What they would owe under it.</param>
/// <param name="Higher">Members who would pay more.</param>
/// <param name="Lower">Members who would pay less.</param>
/// <param name="Missing">Members without a value, or without a rule.</param>
internal sealed record CategorySimulation(string Category, int Members, Money Now, Money Then, int Higher, int Lower, int Missing)
{
    public Money Difference => Then - Now;

    public CategorySimulation With(SimulatedMember member) =>
        member.Difference is not { } difference
            ? this with
            {
                Missing = Missing + 1,
            }
            : this with
            {
                Members = Members + 1,
                Now = Now + member.Now!.Value,
                Then = Then + member.Then!.Value,
                Higher = Higher + (difference > Money.Zero ? 1 : 0),
                Lower = Lower + (difference < Money.Zero ? 1 : 0),
            };
}

/// <summary>A member who is liable in the year.</summary>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">Code of the category on the first day of the year.</param>
/// <param name="Value">The value that the version used; null when it needs none or none is known.</param>
/// <param name="Now">What it owes without the version; null when that cannot be said, zero when nothing holds or it is beitragsfrei.</param>
/// <param name="Then">What it would owe under the version; null when that cannot be said.</param>
internal sealed record SimulatedMember(string Number, string Name, string Category, MeasuredValue? Value, Money? Now, Money? Then)
{
    public Money? Difference => Then is { } then && Now is { } now ? then - now : null;
}

internal static class SimulateRegulationHandler
{
    public static async Task<RegulationSimulation?> HandleAsync(
        SimulateRegulation query,
        MembershipDb db,
        TimeProvider clock,
        IStringLocalizer<DuesTexts> texts,
        CancellationToken ct
    )
    {
        if (await RegulationVersions.FindAsync(db, query.Number, ct) is not { } version)
            return null;
        var year = query.Year ?? version.FirstYear;
        if (year is < 1950 or > 2200)
            throw new ProblemsException([new(nameof(query.Year), texts["Problem.Year"])]);
        var values = query.Values ?? (DuesRegulation.ReferenceDate(year) > clock.Today() ? DuesValues.Newest : DuesValues.OfTheYear);

        var regulation = await Regulations.ReadAsync(db, version.Id, ct);
        var baseline = await BaselineAsync(db, version, year, ct);
        var names = await DuesReading.CategoryNamesAsync(db, ct);
        var sums = names.Keys.ToDictionary(c => c, c => new CategorySimulation(c, 0, Money.Zero, Money.Zero, 0, 0, 0), StringComparer.Ordinal);
        var members = new List<SimulatedMember>();
        await foreach (var member in StreamAsync(db, regulation, baseline is null ? null : await Regulations.ReadAsync(db, baseline.Id, ct), year, values, ct))
        {
            sums[member.Category] = sums[member.Category].With(member);
            if (query.Category is null || member.Category == query.Category)
                members.Add(member);
        }

        var categories = sums.Values.Where(c => c.Members + c.Missing > 0).ToList();
        return new RegulationSimulation(
            version,
            baseline,
            year,
            values,
            names,
            categories,
            Total(categories),
            members.Count,
            [.. Ordered(members, query.Sort).Skip(query.Skip).Take(query.Take)]
        );
    }

    /// <summary>Everybody who is liable in the year, by name, calculated under both versions from one reading.</summary>
    private static async IAsyncEnumerable<SimulatedMember> StreamAsync(
        MembershipDb db,
        DuesRegulation regulation,
        DuesRegulation? baseline,
        int year,
        DuesValues values,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var rules = regulation.Rules.ToDictionary(r => r.Category, StringComparer.Ordinal);
        var before = (baseline?.Rules ?? []).ToDictionary(r => r.Category, StringComparer.Ordinal);
        await foreach (var candidate in DuesCandidates.ReadAsync(db, regulation, baseline, year, values, ct))
        {
            var then = DuesCandidates.Calculate(candidate, candidate.Input, regulation, rules.GetValueOrDefault(candidate.Category), year);
            if (then.Outcome == DuesOutcome.NotLiable)
                continue;
            var now = baseline is null
                ? DuesCalculation.Exempt
                : DuesCandidates.Calculate(candidate, candidate.Other, baseline, before.GetValueOrDefault(candidate.Category), year);
            yield return new SimulatedMember(candidate.Number, candidate.Name, candidate.Category, candidate.Input?.Measured, Known(now), Known(then));
        }
    }

    private static Money? Known(DuesCalculation calculation) => calculation.Outcome == DuesOutcome.MissingInput ? null : calculation.Amount;

    // A draft beside what holds in the year without it, a version in force beside the one before it.
    private static Task<RegulationVersion?> BaselineAsync(MembershipDb db, RegulationVersion version, int year, CancellationToken ct) =>
        version.IsEditable ? RegulationVersions.HoldingOnAsync(db, new DateOnly(year, 1, 1), ct) : RegulationVersions.BeforeAsync(db, version, ct);

    private static CategorySimulation Total(IReadOnlyCollection<CategorySimulation> categories) =>
        new(
            "",
            categories.Sum(c => c.Members),
            Money.Sum(categories.Select(c => c.Now)),
            Money.Sum(categories.Select(c => c.Then)),
            categories.Sum(c => c.Higher),
            categories.Sum(c => c.Lower),
            categories.Sum(c => c.Missing)
        );

    // Stable, so that equal amounts stay in the order of the names. Who has no amount comes last in either direction.
    private static IEnumerable<SimulatedMember> Ordered(List<SimulatedMember> members, string sort)
    {
        Func<SimulatedMember, Money?>? key = sort.TrimStart('-') switch
        {
            "now" => m => m.Now,
            "then" => m => m.Then,
            "difference" => m => m.Difference,
            _ => null,
        };
        var descending = sort.StartsWith('-');
        if (key is null)
            return descending ? members.AsEnumerable().Reverse() : members;
        var known = members.OrderBy(m => key(m) is null);
        return descending ? known.ThenByDescending(m => key(m)?.Amount) : known.ThenBy(m => key(m)?.Amount);
    }
}
