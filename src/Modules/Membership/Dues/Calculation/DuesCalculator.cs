using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Calculation;

/// <summary>What a member owes for a year, and why. Pure: the same facts give the same amount, for a run as for the calculator.</summary>
/// <remarks>
/// Each paragraph rounds by itself, half away from zero: yearly amount → reduction → months. What a person can check by hand with the
/// rounded results in between is what is charged.
/// </remarks>
internal static class DuesCalculator
{
    /// <summary>The largest value that a calculation takes; beyond it somebody mistyped.</summary>
    public const int LargestValue = 999_999_999;

    /// <summary>Calculates a year's dues.</summary>
    /// <param name="regulation">The version valid in the year.</param>
    /// <param name="rule">The rule of the member's category in that version.</param>
    /// <param name="facts">What is known of the member.</param>
    public static DuesCalculation Calculate(DuesRegulation regulation, DuesRule rule, DuesFacts facts)
    {
        if (!IsLiable(facts))
            return DuesCalculation.NotLiable;
        if (facts.Reduction is { FreesEntirely: true })
            return DuesCalculation.Exempt;
        if (rule.NeededMeasure is not null && facts.Value is null)
            return DuesCalculation.Missing;

        var steps = new List<DuesStep>(4);
        YearlyAmount(regulation.Paragraphs.Amount, rule, facts, steps);
        if (facts.Reduction is { } reduction)
        {
            var before = steps[^1].Amount;
            var exact = before.Amount * (100m - reduction.Percent) / 100m;
            steps.Add(new ReductionStep(regulation.Paragraphs.Reduction, exact, Money.Round(exact), before, reduction.Percent, reduction.Reference));
        }
        if (regulation.ProRataByMonths && MonthsOwed(facts) is var months and < 12)
        {
            var before = steps[^1].Amount;
            var exact = before.Amount * months / 12m;
            steps.Add(new MonthsStep(regulation.Paragraphs.ProRata, exact, Money.Round(exact), before, facts.JoinedOn!.Value, months));
        }
        return new DuesCalculation(steps[^1].Amount > Money.Zero ? DuesOutcome.Owes : DuesOutcome.Exempt, steps);
    }

    /// <summary>Joined by 31.12. of the year and not gone before its 01.01.; the year of exit is owed in full.</summary>
    public static bool IsLiable(DuesFacts facts) => !(facts.JoinedOn?.Year > facts.Year) && !(facts.LeftOn?.Year < facts.Year);

    private static int MonthsOwed(DuesFacts facts) => facts.JoinedOn is { } joined && joined.Year == facts.Year ? 13 - joined.Month : 12;

    private static void YearlyAmount(string paragraph, DuesRule rule, DuesFacts facts, List<DuesStep> steps)
    {
        switch (rule)
        {
            case FlatRule flat:
                steps.Add(new FlatStep(paragraph, flat.Amount.Amount, flat.Amount));
                break;
            case BandRule bands:
                var band = bands.BandOf(facts.Value!.Value);
                var units = band.PerUnit is { } part ? Math.Max(0, facts.Value.Value - part.Above) : 0;
                var sum = band.Amount.Amount + units * (band.PerUnit?.Rate ?? 0m);
                steps.Add(new BandStep(paragraph, sum, Money.Round(sum), facts.Value, band.From, band.To, band.Amount, units, band.PerUnit?.Rate ?? 0m));
                Limit(paragraph, null, band.PerUnit?.Maximum, steps);
                break;
            case RateRule rate:
                var product = facts.Value!.Value * rate.Rate;
                steps.Add(new RateStep(paragraph, product, Money.Round(product), facts.Value, rate.Rate));
                Limit(paragraph, rate.Minimum, rate.Maximum, steps);
                break;
        }
    }

    // A limit has two decimals, so limiting the rounded amount is the same as rounding the limited one.
    private static void Limit(string paragraph, Money? minimum, Money? maximum, List<DuesStep> steps)
    {
        var amount = steps[^1].Amount;
        if (amount < minimum)
            steps.Add(new LimitStep(paragraph, minimum.Value.Amount, minimum.Value, IsMinimum: true));
        else if (amount > maximum)
            steps.Add(new LimitStep(paragraph, maximum.Value.Amount, maximum.Value, IsMinimum: false));
    }
}

/// <summary>What a calculation starts from.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Value">The value that the rule needs; null when it is unknown or not needed.</param>
/// <param name="JoinedOn">Null: member since before the year.</param>
/// <param name="LeftOn">Last day of membership.</param>
/// <param name="Reduction">In force in the year; null without.</param>
internal sealed record DuesFacts(int Year, MeasuredValue? Value = null, DateOnly? JoinedOn = null, DateOnly? LeftOn = null, Reduction? Reduction = null);

/// <summary>The result of a calculation.</summary>
/// <param name="Outcome">Whether and why something is owed.</param>
/// <param name="Steps">In the order of the calculation; each rounds by itself. Empty when nothing was calculated.</param>
internal sealed record DuesCalculation(DuesOutcome Outcome, IReadOnlyList<DuesStep> Steps)
{
    public static readonly DuesCalculation NotLiable = new(DuesOutcome.NotLiable, []);
    public static readonly DuesCalculation Exempt = new(DuesOutcome.Exempt, []);
    public static readonly DuesCalculation Missing = new(DuesOutcome.MissingInput, []);

    /// <summary>What is owed.</summary>
    public Money Amount => Steps.Count == 0 ? Money.Zero : Steps[^1].Amount;
}

internal enum DuesOutcome
{
    /// <summary>Owes an amount greater than zero.</summary>
    Owes,

    /// <summary>Beitragsfrei: reduced by 100 %, honorary, or the rule says zero.</summary>
    Exempt,

    /// <summary>The rule needs a value that is unknown; nothing is estimated.</summary>
    MissingInput,

    /// <summary>No member in this year.</summary>
    NotLiable,

    /// <summary>Has a live charge for the year: charged by an earlier run.</summary>
    AlreadyCharged,
}
