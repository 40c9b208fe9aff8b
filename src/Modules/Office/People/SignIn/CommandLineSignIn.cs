using Association.Office.Contracts;
using Association.Office.People.Attempts;
using Association.Office.People.Data;
using Association.Office.People.Permissions;
using Association.Office.People.SecondFactors;
using Association.Platform.Data.Users;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;

namespace Association.Office.People.SignIn;

/// <summary>
/// Says who acts in a verb. A person shows the same as at the sign-in page: the password, and the second factor where there is one; from the environment, or
/// typed unseen. On a demo installation everybody knows the passwords, so none is asked for.
/// </summary>
internal sealed class CommandLineSignIn(UserManager<Person> people, IdentityDb db, WrongProofs wrong, ActorOfRequest actors) : ICommandLineSignIn
{
    private const string PasswordVariable = "ASSOCIATION_PASSWORD";
    private const string CodeVariable = "ASSOCIATION_CODE";

    public async Task<Actor> SignInAsync(string login, bool passwordsAreKnown, CancellationToken ct)
    {
        var person = await people.FindByNameAsync(login);
        if (passwordsAreKnown)
        {
            if (person is null || await people.IsLockedOutAsync(person))
                throw new RefusedException($"--as does not know '{login}'. Known are {string.Join(", ", DemoPeople.All.Select(p => p.Login))}.");
        }
        else
        {
            await ProveAsync(login, person, ct);
        }
        return await actors.ReadAsync(new SignedIn(Guid.Empty, person!.Id, person.DisplayName, person.Role), ct);
    }

    private async Task ProveAsync(string login, Person? person, CancellationToken ct)
    {
        var password = Secret(PasswordVariable, $"Password of {login}: ");
        var known = await wrong.BeginAsync(person?.Id, ct) && person?.PasswordHash is not null && !await people.IsLockedOutAsync(person);
        if (!known)
            people.PasswordHasher.HashPassword(person!, password); // takes as long as a wrong password
        if (!known || !await people.CheckPasswordAsync(person!, password))
            throw new RefusedException(
                $"Login or password is wrong, or '{login}' is locked, after {WrongProofs.Most} wrong ones here for {WrongProofs.Pause.TotalMinutes} minutes. Whoever only has a passkey sets a password on the page of the own account first."
            );
        if (await people.GetTwoFactorEnabledAsync(person!))
            await ProveSecondFactorAsync(login, person!);
        else if (await RequiredSecondFactor.IsNeededByAsync(person!, db, ct))
            throw new RefusedException(
                "Your role needs a second factor. Here that is the code of an app: set one up on the page of the own account; a passkey cannot be shown at a command line."
            );
        await wrong.ForgetAsync(person!.Id, ct);
    }

    private async Task ProveSecondFactorAsync(string login, Person person)
    {
        var code = string.Concat(Secret(CodeVariable, $"Code of the second factor of {login}: ").Where(c => !char.IsWhiteSpace(c)));
        if (await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, code))
            return;
        throw new RefusedException("The code is wrong, too old, or was used before. Take the next one that the app shows.");
    }

    private static string Secret(string variable, string question)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
            return given;
        return HiddenLine.CanAsk
            ? HiddenLine.Ask(question)
            : throw new RefusedException(
                $"--as needs proof: set {variable}, or call the verb at a terminal, where it is asked for. No option takes it: what stands on a command line is everybody's who may list processes."
            );
    }
}
