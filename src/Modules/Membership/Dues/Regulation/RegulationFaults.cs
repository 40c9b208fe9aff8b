namespace Association.Membership.Dues.Regulation;

/// <summary>What makes a regulation unusable: a value that falls into no band, or into two.</summary>
internal static class RegulationFaults
{
    /// <summary>The faults of every rule; empty when each value of each category has exactly one amount.</summary>
    public static IReadOnlyList<RegulationFault> Find(DuesRegulation regulation) =>
        [.. regulation.Rules.GroupBy(r => r.Category).Where(g => g.Count() > 1).Select(g => new RegulationFault(g.Key, FaultKind.SecondRule)),
         .. regulation.Rules.SelectMany(r => OfRule(r).Select(kind => new RegulationFault(r.Category, kind)))];

    private static IEnumerable<FaultKind> OfRule(DuesRule rule) => rule switch
    {
        FlatRule flat => Negative(flat.Amount.Amount),
        RateRule rate => [.. Negative(rate.Rate), .. Negative(rate.Minimum?.Amount), .. rate.Minimum > rate.Maximum ? [FaultKind.MinimumAboveMaximum] : Array.Empty<FaultKind>()],
        BandRule bands => OfBands(bands.Bands),
        _ => throw new InvalidOperationException($"Unknown rule {rule.GetType().Name}."),
    };

    private static IEnumerable<FaultKind> OfBands(IReadOnlyList<DuesBand> bands)
    {
        var next = 0;
        for (var i = 0; i < bands.Count; i++)
        {
            var band = bands[i];
            if (band.From > next) yield return FaultKind.Gap;
            if (band.From < next) yield return FaultKind.Overlap;
            if (band.To < band.From) yield return FaultKind.Overlap;
            if (band.To is null != (i == bands.Count - 1)) yield return FaultKind.LastBandNotOpen;
            foreach (var negative in Negative(band.Amount.Amount)) yield return negative;
            if (band.PerUnit is { } part)
            {
                foreach (var negative in Negative(part.Rate)) yield return negative;
                if (part.Maximum < band.Amount) yield return FaultKind.MinimumAboveMaximum;
            }
            next = band.To + 1 ?? int.MaxValue;
        }
        if (bands.Count == 0) yield return FaultKind.Gap;
    }

    private static FaultKind[] Negative(decimal? amount) => amount < 0 ? [FaultKind.Negative] : [];
}

/// <summary>One fault of the rule of one category.</summary>
internal sealed record RegulationFault(string Category, FaultKind Kind);

internal enum FaultKind
{
    SecondRule,
    Gap,
    Overlap,
    LastBandNotOpen,
    MinimumAboveMaximum,
    Negative,
}
