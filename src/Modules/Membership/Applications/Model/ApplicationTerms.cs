using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Regulation;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Applications.Model;

/// <summary>A category that can be applied for.</summary>
/// <param name="Category">Which.</param>
/// <param name="Measure">What its dues are measured by; null for a flat amount.</param>
internal sealed record OfferedCategory(Category Category, Measure? Measure);

/// <summary>What somebody can apply for now: the categories that a regulation in force has a rule for, this year or in the two that follow.</summary>
/// <param name="Categories">In the order of the regulation; none: nobody can apply here.</param>
/// <param name="Regulations">By year.</param>
internal sealed record ApplicationTerms(IReadOnlyList<OfferedCategory> Categories, IReadOnlyDictionary<int, DuesRegulation> Regulations)
{
    /// <summary>Whether the form is open: without a regulation nobody could say what a membership costs.</summary>
    public bool IsOpen => Categories.Count > 0;

    public OfferedCategory? Find(string code) => Categories.FirstOrDefault(c => c.Category.Code == code);

    /// <summary>What the member would owe, by the same calculator as a run: the year of entry with its months, then a whole year.</summary>
    /// <returns>None for a year without a regulation, or when the value is missing.</returns>
    public IReadOnlyList<ExpectedDues> Expect(string category, int? value, DateOnly joinsOn)
    {
        var expected = new List<ExpectedDues>();
        foreach (var year in new[] { joinsOn.Year, joinsOn.Year + 1 })
            if (Regulations.TryGetValue(year, out var regulation) && regulation.RuleOf(category) is { } rule)
            {
                var measured = rule.NeededMeasure is { } measure && value is { } given ? new MeasuredValue(measure, given) : null;
                var result = DuesCalculator.Calculate(regulation, rule, new DuesFacts(year, measured, joinsOn));
                if (result.Outcome is DuesOutcome.Owes or DuesOutcome.Exempt)
                    expected.Add(new ExpectedDues(year, result));
            }
        return expected;
    }

    public static async Task<ApplicationTerms> ReadAsync(MembershipDb db, DateOnly today, CancellationToken ct)
    {
        var regulations = new SortedDictionary<int, DuesRegulation>();
        foreach (var year in Enumerable.Range(today.Year - 1, 4))
            if (await Dues.Regulation.Regulations.ValidInAsync(db, year, ct) is { } regulation)
                regulations[year] = regulation;
        var offered = new List<OfferedCategory>();
        foreach (var category in await db.Categories.AsNoTracking().OrderBy(c => c.Position).ToListAsync(ct))
        {
            // What a later version asks for is asked already: the member pays by it soon.
            var rules = regulations.Values.Select(r => r.RuleOf(category.Code)).OfType<DuesRule>().ToList();
            if (rules.Count > 0)
                offered.Add(
                    new OfferedCategory(
                        category,
                        rules.Select(r => r.NeededMeasure).LastOrDefault(m => m is not null) is { } measure ? EnumText.Parse<Measure>(measure) : null
                    )
                );
        }
        return new ApplicationTerms(offered, regulations);
    }
}

/// <summary>What a year would cost.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Result">Amount and steps.</param>
internal sealed record ExpectedDues(int Year, DuesCalculation Result)
{
    public Money Amount => Result.Amount;
}
