namespace Association.Platform.Web.Lists;

/// <summary>Marks the texts of saved views and of the choice of columns for <c>IStringLocalizer</c>.</summary>
public sealed class ListTexts;
