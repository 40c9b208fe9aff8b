namespace Association.Office.Settings;

/// <summary>Marks the texts beside it (SettingsTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class SettingsTexts;
