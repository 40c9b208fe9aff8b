namespace Association.Membership.Dues.Regulation;

/// <summary>Marks the texts beside it (RegulationTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class RegulationTexts;
