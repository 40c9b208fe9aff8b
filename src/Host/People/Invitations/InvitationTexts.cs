namespace Association.Host.People.Invitations;

/// <summary>Marks the texts beside it for <c>IStringLocalizer</c>.</summary>
internal sealed class InvitationTexts;
