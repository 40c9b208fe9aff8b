namespace Association.Office.People.Invitations;

/// <summary>Marks the texts beside it for <c>IStringLocalizer</c>.</summary>
internal sealed class InvitationTexts;
