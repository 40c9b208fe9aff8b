using Association.Office.People.Data;
using Association.Office.People.Invitations;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Administration;

/// <summary>Lets somebody sign in. The answer carries an invitation, with which the person sets the first password.</summary>
/// <param name="Login">Letters, digits and <c>. - _ @</c>.</param>
/// <param name="Name">As shown in the history and on signatures.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>.</param>
/// <param name="Email">May be empty.</param>
/// <param name="Delivery">How the invitation reaches the person; null: as a link.</param>
[Permission(IdentityModule.EditPeople)]
internal sealed record CreatePerson(string Login, string Name, string Role, string Language, string? Email, InvitationDelivery? Delivery = null) : ICommand;

internal static class CreatePersonHandler
{
    public static IEnumerable<Problem> Validate(CreatePerson command, IStringLocalizer<PeopleTexts> texts, IStringLocalizer<InvitationTexts> invitations)
    {
        if (command.Login.Length is 0 or > 60)
            yield return new(nameof(command.Login), texts["Error.LoginMissing"]);
        if (command.Name.Length is 0 or > 120)
            yield return new(nameof(command.Name), texts["Error.NameMissing"]);
        if (!Roles.All.Contains(command.Role))
            yield return new(nameof(command.Role), texts["Error.RoleMissing"]);
        if (command.Email is { } email && !System.Net.Mail.MailAddress.TryCreate(email, out _))
            yield return new(nameof(command.Email), texts["Error.EmailInvalid"]);
        else if (command.Delivery?.Check(invitations) is { } problem)
            yield return problem;
    }

    public static async Task<IssuedInvitation> HandleAsync(
        CreatePerson command,
        IdentityDb _,
        UserManager<Person> people,
        InvitationIssue invitations,
        CancellationToken ct
    )
    {
        var person = new Person
        {
            UserName = command.Login,
            DisplayName = command.Name,
            Role = command.Role,
            Language = command.Language,
            Email = command.Email,
        };
        var created = await people.CreateAsync(person);
        if (!created.Succeeded)
            throw new ProblemsException([.. created.Errors.Select(e => new Problem(nameof(command.Login), e.Description))]);
        return await invitations.ForAsync(person, command.Delivery, ct);
    }
}
