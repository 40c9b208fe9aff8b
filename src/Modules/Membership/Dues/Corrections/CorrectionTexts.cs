namespace Association.Membership.Dues.Corrections;

/// <summary>Marks the texts beside it (CorrectionTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class CorrectionTexts;
