namespace Association.Office.Setup;

/// <summary>Marks the texts beside it (SetupTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class SetupTexts;
