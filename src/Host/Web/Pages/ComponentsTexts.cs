namespace Association.Host.Web.Pages;

/// <summary>Marks the texts beside it (ComponentsTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
internal sealed class ComponentsTexts;
