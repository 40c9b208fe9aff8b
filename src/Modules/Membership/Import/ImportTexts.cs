namespace Association.Membership.Import;

/// <summary>Marks the texts beside it (ImportTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class ImportTexts;
