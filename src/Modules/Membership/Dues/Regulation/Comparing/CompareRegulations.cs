using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Comparing;

/// <summary>What a version changes against another one, rule by rule, and what that means for typical members.</summary>
/// <param name="Number">The newer version.</param>
/// <param name="With">The older one; null: the one that holds before it.</param>
[Permission(DuesFeature.Read)]
internal sealed record CompareRegulations(int Number, int? With = null) : IQuery<RegulationComparison?>;

/// <summary>The answer.</summary>
/// <param name="New">The newer version.</param>
/// <param name="Old">The older one; null when there is none to compare with.</param>
/// <param name="Versions">All that can be chosen.</param>
/// <param name="Categories">Names by code, in the office's order.</param>
/// <param name="Terms">What changed beside the rules: key of the term, old, new.</param>
/// <param name="Rules">One per category that has a rule in either version.</param>
internal sealed record RegulationComparison(
    RegulationVersion New,
    RegulationVersion? Old,
    IReadOnlyList<RegulationVersion> Versions,
    IReadOnlyDictionary<string, string> Categories,
    IReadOnlyList<TermChange> Terms,
    IReadOnlyList<RuleComparison> Rules
)
{
    public int Changed => Rules.Count(r => r.IsChanged);
}

/// <summary>A term that changed.</summary>
internal sealed record TermChange(string Term, string Old, string New);

/// <summary>The rules of one category side by side.</summary>
/// <param name="Category">Its code.</param>
/// <param name="Lines">The rule's lines as the printed regulation has them, in the order of the bands.</param>
/// <param name="Effects">What members of a typical size pay before and after; empty when both measure differently.</param>
internal sealed record RuleComparison(string Category, IReadOnlyList<ComparedLine> Lines, IReadOnlyList<TypicalEffect> Effects)
{
    public bool IsChanged => Lines.Any(l => l.Change != LineChange.Kept);
}

/// <summary>A line of a rule.</summary>
internal sealed record ComparedLine(string Text, LineChange Change);

internal enum LineChange
{
    Kept,
    Gone,
    Came,
}

/// <summary>A member as it occurs, under both versions.</summary>
/// <param name="Value">Beds, staff or inhabitants; null when neither version needs it.</param>
/// <param name="Old">Null when the older version has no rule.</param>
/// <param name="New">Null when the newer version has none.</param>
internal sealed record TypicalEffect(MeasuredValue? Value, Money? Old, Money? New)
{
    public Money? Difference => New - Old;
}

internal static class CompareRegulationsHandler
{
    public static async Task<RegulationComparison?> HandleAsync(
        CompareRegulations query,
        MembershipDb db,
        IStringLocalizer<DuesTexts> texts,
        CancellationToken ct
    )
    {
        if (await RegulationVersions.FindAsync(db, query.Number, ct) is not { } version)
            return null;
        var other = query.With is { } number ? await RegulationVersions.FindAsync(db, number, ct) : await RegulationVersions.BeforeAsync(db, version, ct);
        var (versions, categories) = (await RegulationVersions.AllAsync(db, ct), await DuesReading.CategoryNamesAsync(db, ct));
        if (other is null)
            return new RegulationComparison(version, null, versions, categories, [], []);

        var (newer, older) = (await Regulations.ReadAsync(db, version.Id, ct), await Regulations.ReadAsync(db, other.Id, ct));
        var typical = await TypicalValues.ReadAsync(db, ct);
        var rules = categories
            .Keys.Where(c => newer.RuleOf(c) is not null || older.RuleOf(c) is not null)
            .Select(c =>
            {
                var (before, after) = (older.RuleOf(c), newer.RuleOf(c));
                return new RuleComparison(c, Lines(before, after, texts), Effects(older, before, newer, after, typical).ToList());
            })
            .ToList();
        return new RegulationComparison(version, other, versions, categories, [.. RegulationTermsComparison.Changes(other, version)], rules);
    }

    /// <summary>The lines of both rules in one column: in the order of the bands, what went before what came.</summary>
    public static IReadOnlyList<ComparedLine> Lines(DuesRule? before, DuesRule? after, IStringLocalizer<DuesTexts> texts)
    {
        var (old, now) = (Keyed(before, texts), Keyed(after, texts));
        var sameMeasure = before?.NeededMeasure == after?.NeededMeasure;
        var kept = sameMeasure ? old.Select(l => l.Text).Intersect(now.Select(l => l.Text)).ToHashSet(StringComparer.Ordinal) : [];
        return
        [
            .. old.Select(l => (l.Key, Line: new ComparedLine(l.Text, kept.Contains(l.Text) ? LineChange.Kept : LineChange.Gone)))
                .Concat(now.Where(l => !kept.Contains(l.Text)).Select(l => (l.Key, Line: new ComparedLine(l.Text, LineChange.Came))))
                .OrderBy(l => l.Key)
                .ThenBy(l => l.Line.Change)
                .Select(l => l.Line),
        ];
    }

    private static List<(int Key, string Text)> Keyed(DuesRule? rule, IStringLocalizer<DuesTexts> texts) =>
        rule is null ? [] : [.. RuleTexts.Describe(rule, texts).Select((text, i) => (rule is BandRule bands ? bands.Bands[i].From : 0, text))];

    private static IEnumerable<TypicalEffect> Effects(DuesRegulation older, DuesRule? before, DuesRegulation newer, DuesRule? after, TypicalValues typical)
    {
        var measures = new[] { before?.NeededMeasure, after?.NeededMeasure }.OfType<string>().Distinct().ToList();
        if (measures.Count > 1)
            yield break;
        var category = (before ?? after)!.Category;
        IEnumerable<MeasuredValue?> values = measures is [var measure]
            ? typical.Of(category, measure, before, after).Select(v => (MeasuredValue?)new MeasuredValue(measure, v))
            : [null];
        foreach (var value in values)
            yield return new TypicalEffect(value, Amount(older, before, value), Amount(newer, after, value));
    }

    private static Money? Amount(DuesRegulation regulation, DuesRule? rule, MeasuredValue? value) =>
        rule is null ? null : DuesCalculator.Calculate(regulation, rule, new DuesFacts(regulation.ValidFrom.Year, value)).Amount;
}
