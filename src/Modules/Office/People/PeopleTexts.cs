namespace Association.Office.People;

/// <summary>Marks the texts beside it (PeopleTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
internal sealed class PeopleTexts;
