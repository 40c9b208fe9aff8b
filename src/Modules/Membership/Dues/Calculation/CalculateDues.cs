using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Calculation;

/// <summary>What would a member owe, and why? Nothing is stored.</summary>
/// <param name="Category">Code or name of a category: <c>hospital</c>, „Krankenhausträger“, „Kommune“.</param>
/// <param name="Year">Dues year; a version of the regulation must be valid in it.</param>
/// <param name="Value">Beds, staff or inhabitants; null where the category needs none.</param>
/// <param name="JoinedOn">Null: member since before the year.</param>
/// <param name="ReductionPercent">More than 0, at most 100; null without.</param>
[Permission(DuesFeature.Read)]
internal sealed record CalculateDues(string Category, int Year, long? Value = null, DateOnly? JoinedOn = null, decimal? ReductionPercent = null)
    : IQuery<DuesAnswer>;

/// <summary>The answer.</summary>
/// <param name="Category">Its code.</param>
/// <param name="CategoryName">Its name in the reader's language.</param>
/// <param name="Rule">The rule that was applied.</param>
/// <param name="Regulation">The version that was applied.</param>
/// <param name="Result">Amount and steps.</param>
internal sealed record DuesAnswer(string Category, string CategoryName, DuesRule Rule, DuesRegulation Regulation, DuesCalculation Result);

internal static class CalculateDuesHandler
{
    public static async Task<DuesAnswer> HandleAsync(CalculateDues query, MembershipDb db, IStringLocalizer<DuesTexts> texts, CancellationToken ct)
    {
        var problems = new List<Problem>();
        if (query.Year is < 1950 or > 2200)
            problems.Add(new(nameof(query.Year), texts["Problem.Year"]));
        if (query.Value is < 0 or > DuesCalculator.LargestValue)
            problems.Add(new(nameof(query.Value), texts["Problem.Value", DuesCalculator.LargestValue]));
        if (query.ReductionPercent is <= 0 or > 100 || query.ReductionPercent is { } p && decimal.Round(p, 2) != p)
            problems.Add(new(nameof(query.ReductionPercent), texts["Problem.Percent"]));
        if (problems.Count > 0)
            throw new ProblemsException(problems);

        var regulation =
            await Regulations.ValidInAsync(db, query.Year, ct)
            ?? throw new ProblemsException([new(nameof(query.Year), texts["Problem.NoRegulation", query.Year])]);
        var category =
            await FindAsync(db, query.Category, ct)
            ?? throw new ProblemsException([
                new(
                    nameof(query.Category),
                    texts["Problem.Category", query.Category, string.Join(", ", (await DuesReading.CategoryNamesAsync(db, ct)).Values)]
                ),
            ]);
        var rule =
            regulation.RuleOf(category) ?? throw new ProblemsException([new(nameof(query.Category), texts["Problem.NoRule", query.Category, query.Year])]);

        var value = rule.NeededMeasure is { } measure && query.Value is { } given ? new MeasuredValue(measure, (int)given) : null;
        var result = DuesCalculator.Calculate(
            regulation,
            rule,
            new DuesFacts(query.Year, value, query.JoinedOn, null, query.ReductionPercent is { } percent ? new Reduction(percent) : null)
        );
        if (result.Outcome == DuesOutcome.MissingInput)
            throw new ProblemsException([new(nameof(query.Value), texts["Problem.ValueNeeded", StepTexts.Measure(rule.NeededMeasure!, DuesReading.Language)])]);
        return new DuesAnswer(category, (await DuesReading.CategoryNamesAsync(db, ct))[category], rule, regulation, result);
    }

    // The code, or the name in any language, or the only name that begins like what was typed („Kommune“ for „Kommunen“).
    private static async Task<string?> FindAsync(MembershipDb db, string typed, CancellationToken ct)
    {
        var categories = await DuesReading.QueryAsync<(string Code, string De, string Fr, string En)>(
            db,
            "select code, name_de, name_fr, name_en from membership.category",
            new { },
            ct
        );
        var text = typed.Trim();
        var exact = categories.Where(c => Names(c).Any(n => n.Equals(text, StringComparison.OrdinalIgnoreCase))).ToList();
        if (exact.Count == 0 && text.Length >= 4)
            exact = [.. categories.Where(c => Names(c).Any(n => n.StartsWith(text, StringComparison.OrdinalIgnoreCase)))];
        return exact.Count == 1 ? exact[0].Code : null;

        static string[] Names((string Code, string De, string Fr, string En) c) => [c.Code, c.De, c.Fr, c.En];
    }
}
