namespace Association.Office.People.Deputies;

/// <summary>Marks the texts beside it for <c>IStringLocalizer</c>.</summary>
internal sealed class DeputyTexts;
