namespace Association.Membership.Dues.Kinds;

/// <summary>Marks the texts beside it (KindTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class KindTexts;
