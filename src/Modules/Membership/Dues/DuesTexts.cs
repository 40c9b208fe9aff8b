namespace Association.Membership.Dues;

/// <summary>Marks the texts beside it (DuesTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class DuesTexts;
