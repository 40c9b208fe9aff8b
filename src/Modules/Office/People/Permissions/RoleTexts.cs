namespace Association.Office.People.Permissions;

/// <summary>Marks the texts beside it for <c>IStringLocalizer</c>.</summary>
internal sealed class RoleTexts;
