namespace Association.Membership.Dues.Regulation;

/// <summary>A reduction by resolution as the calculation needs it.</summary>
/// <param name="Percent">More than 0, at most 100 (beitragsfrei), at most two decimals.</param>
/// <param name="Reference">The resolution: „Vorstand 12.03.2026“; null when only a percentage is known.</param>
internal sealed record Reduction(decimal Percent, string? Reference = null)
{
    /// <summary>Nothing remains to be paid.</summary>
    public bool FreesEntirely => Percent == 100m;
}
