using Association.Membership.Dues.Calculation;

namespace Association.Membership.Dues.Regulation;

/// <summary>What makes a regulation unusable: a value that falls into no band, or into two; an amount below zero; limits that contradict each other.</summary>
internal static class RegulationFaults
{
    /// <summary>Decimals that a rate may have: as many as are stored.</summary>
    public const int RateDecimals = 6;

    /// <summary>The largest rate; beyond it somebody mistyped.</summary>
    public const decimal LargestRate = 1_000_000m;

    /// <summary>The faults of every rule; empty when each value of each category has exactly one amount.</summary>
    public static IReadOnlyList<RegulationFault> Find(DuesRegulation regulation) =>
        [
            .. regulation.Rules.GroupBy(r => r.Category).Where(g => g.Count() > 1).Select(g => new RegulationFault(g.Key, FaultKind.SecondRule)),
            .. regulation.Rules.SelectMany(Find),
        ];

    /// <summary>The faults of one rule.</summary>
    public static IEnumerable<RegulationFault> Find(DuesRule rule) =>
        rule switch
        {
            FlatRule flat => Negative(rule, flat.Amount.Amount, RulePart.Amount),
            RateRule rate => OfRate(rate),
            BandRule bands => OfBands(bands),
            _ => throw new InvalidOperationException($"Unknown rule {rule.GetType().Name}."),
        };

    private static IEnumerable<RegulationFault> OfRate(RateRule rule) =>
        [
            .. OfUnitRate(rule, rule.Rate, RulePart.Rate),
            .. Negative(rule, rule.Minimum?.Amount, RulePart.Minimum),
            .. Negative(rule, rule.Maximum?.Amount, RulePart.Maximum),
            .. rule.Minimum > rule.Maximum
                ? [new RegulationFault(rule.Category, FaultKind.MinimumAboveMaximum, Part: RulePart.Maximum)]
                : Array.Empty<RegulationFault>(),
        ];

    private static IEnumerable<RegulationFault> OfBands(BandRule rule)
    {
        var next = 0;
        for (var i = 0; i < rule.Bands.Count; i++)
        {
            var (band, last) = (rule.Bands[i], i == rule.Bands.Count - 1);
            foreach (var fault in OfBand(rule, band, i))
                yield return fault;
            if (band.From > next)
                yield return new(rule.Category, FaultKind.Gap, i, RulePart.From, next, band.From - 1);
            if (band.From >= 0 && band.From < next)
                yield return new(rule.Category, FaultKind.Overlap, i, RulePart.From, band.From, Math.Min(next - 1, band.To ?? next - 1));
            if (band.To is null && !last)
                yield return new(rule.Category, FaultKind.OpenBandBeforeLast, i, RulePart.To);
            if (band.To is not null && last)
                yield return new(rule.Category, FaultKind.LastBandNotOpen, i, RulePart.To);
            next = Math.Max(next, (band.To ?? (last ? band.From : rule.Bands[i + 1].From - 1)) + 1);
        }
        if (rule.Bands.Count == 0)
            yield return new(rule.Category, FaultKind.NoBand);
    }

    private static IEnumerable<RegulationFault> OfBand(BandRule rule, DuesBand band, int place)
    {
        if (band.To < band.From)
            yield return new(rule.Category, FaultKind.EndBeforeStart, place, RulePart.To);
        if (band.From > DuesCalculator.LargestValue)
            yield return new(rule.Category, FaultKind.TooLarge, place, RulePart.From);
        if (band.To > DuesCalculator.LargestValue)
            yield return new(rule.Category, FaultKind.TooLarge, place, RulePart.To);
        foreach (var fault in Negative(rule, band.From, RulePart.From, place))
            yield return fault;
        foreach (var fault in Negative(rule, band.Amount.Amount, RulePart.Amount, place))
            yield return fault;
        if (band.PerUnit is not { } part)
            yield break;
        foreach (var fault in Negative(rule, part.Above, RulePart.Above, place))
            yield return fault;
        foreach (var fault in OfUnitRate(rule, part.Rate, RulePart.Rate, place))
            yield return fault;
        if (part.Maximum < band.Amount)
            yield return new(rule.Category, FaultKind.MaximumBelowAmount, place, RulePart.Maximum);
    }

    private static RegulationFault[] OfUnitRate(DuesRule rule, decimal rate, RulePart part, int? band = null) =>
        rate > LargestRate ? [new(rule.Category, FaultKind.TooLarge, band, part)]
        : decimal.Round(rate, RateDecimals) != rate ? [new(rule.Category, FaultKind.TooManyDecimals, band, part)]
        : Negative(rule, rate, part, band);

    private static RegulationFault[] Negative(DuesRule rule, decimal? amount, RulePart part, int? band = null) =>
        amount < 0 ? [new(rule.Category, FaultKind.Negative, band, part)] : [];
}

/// <summary>One fault of the rule of one category, with its place.</summary>
/// <param name="Category">Code of the category.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Band">Which band, from 0 on; null when the whole rule is meant.</param>
/// <param name="Part">Which field.</param>
/// <param name="From">The first value that has no amount, or two.</param>
/// <param name="To">The last one.</param>
internal sealed record RegulationFault(string Category, FaultKind Kind, int? Band = null, RulePart? Part = null, int From = 0, int To = 0);

internal enum FaultKind
{
    SecondRule,
    NoBand,
    Gap,
    Overlap,
    EndBeforeStart,
    OpenBandBeforeLast,
    LastBandNotOpen,
    MinimumAboveMaximum,
    MaximumBelowAmount,
    Negative,
    TooLarge,
    TooManyDecimals,
}

/// <summary>The field of a rule or of a band.</summary>
internal enum RulePart
{
    From,
    To,
    Amount,
    Above,
    Rate,
    Minimum,
    Maximum,
}
