using System.CommandLine;
using Association.Office.People.Data;
using Association.Office.People.Invitations;
using Association.Platform.Data.Users;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;

namespace Association.Office.People.Administration;

/// <summary>
/// <c>create-administrator</c>: lets the first administrator in, or an administrator who lost password and second factor. No
/// password is typed or printed: the answer is a link that sets one, once.
/// </summary>
internal sealed class CreateAdministratorVerb : IVerb
{
    private readonly Option<string> _login = new("--login")
    {
        Description = "What is typed at the sign-in: letters, digits and . - _ @",
        HelpName = "LOGIN",
        DefaultValueFactory = _ => "admin",
    };
    private readonly Option<string?> _name = new("--name")
    {
        Description = "The person's name, as shown in the history. Without it the login stands there.",
        HelpName = "NAME",
    };
    private readonly Option<bool> _newLink = new("--new-link")
    {
        Description = "For an administrator who cannot get in: takes password and second factor away and gives a new link.",
    };

    public Command Define(IVerbHost host)
    {
        var command = new Command("create-administrator", "Let an administrator in. Whoever runs this has the database anyway, so no user is asked for.")
        {
            _login,
            _name,
            _newLink,
        };
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        context.Services.GetRequiredService<CurrentUser>().Actor = Actor.System;
        var login = context.Arguments.GetRequiredValue(_login);
        var known = await context.Services.GetRequiredService<UserManager<Person>>().FindByNameAsync(login);
        if (known is null)
        {
            var command = new CreatePerson(login, context.Arguments.GetValue(_name) ?? login, Roles.Administrator, "de", null);
            return Answer(login, created: true, await context.Bus.InvokeAsync<IssuedInvitation>(command, context.Cancellation));
        }
        if (known.Role != Roles.Administrator)
            throw new RefusedException($"'{login}' is somebody of the {known.Role}. Choose another login; an administrator can change roles in the office.");
        if (!context.Arguments.GetValue(_newLink))
            return new VerbAnswer(
                new
                {
                    login,
                    created = false,
                    path = (string?)null,
                },
                $"'{login}' is an administrator already. Add --new-link to let them in with a new password."
            );
        return Answer(login, created: false, await context.Bus.InvokeAsync<IssuedInvitation>(new ResetSignIn(known.Id), context.Cancellation));
    }

    private static VerbAnswer Answer(string login, bool created, IssuedInvitation invitation) =>
        new(
            new
            {
                login,
                created,
                path = invitation.Path,
                validUntil = invitation.ValidUntil,
            },
            $"'{login}' sets a password, once and within seven days, at this address of the office:\n{invitation.Path}"
        );
}
