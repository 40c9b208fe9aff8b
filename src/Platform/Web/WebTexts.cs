namespace Association.Platform.Web;

/// <summary>Marks the texts of the design system (WebTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class WebTexts;
