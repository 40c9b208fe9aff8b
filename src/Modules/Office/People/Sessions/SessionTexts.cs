namespace Association.Office.People.Sessions;

/// <summary>Marks the texts beside it for <c>IStringLocalizer</c>.</summary>
internal sealed class SessionTexts;
