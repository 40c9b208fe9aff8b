namespace Association.Office.Today.Digests;

/// <summary>Marks the texts beside it (DigestTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class DigestTexts;
