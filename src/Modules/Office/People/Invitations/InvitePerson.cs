using Association.Office.People.Data;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>Issues a code for a first or a forgotten password; what the person has, password and second factor, works until the code is used.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record InvitePerson(Guid Id, InvitationDelivery? Delivery = null) : ICommand;

/// <summary>Takes the open invitation back: the code on the letter no longer works.</summary>
[Permission(IdentityModule.EditPeople)]
internal sealed record RevokeInvitation(Guid Id) : ICommand;

internal static class InvitePersonHandler
{
    public static Task<Person?> LoadAsync(InvitePerson command, UserManager<Person> people) => people.FindByIdAsync(command.Id.ToString());

    public static Problem? Validate(InvitePerson command, Person? person, IStringLocalizer<PeopleTexts> texts, IStringLocalizer<InvitationTexts> invitations) =>
        person switch
        {
            null => new("", texts["Error.PersonGone"]),
            { IsLockedByAdministrator: true } => new("", texts["Error.InviteLocked"]),
            _ => command.Delivery?.Check(invitations),
        };

    public static Task<IssuedInvitation> HandleAsync(InvitePerson command, Person person, IdentityDb _, InvitationIssue invitations, CancellationToken ct) =>
        invitations.ForAsync(person, command.Delivery, ct);
}

internal static class RevokeInvitationHandler
{
    public static Task HandleAsync(RevokeInvitation command, IdentityDb _, InvitationIssue invitations, CancellationToken ct) =>
        invitations.RevokeAsync(command.Id, ct);
}
