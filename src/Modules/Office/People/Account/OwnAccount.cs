using Association.Office.People.Attempts;
using Association.Office.People.Data;
using Association.Office.People.Permissions;
using Association.Office.People.Sessions;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Account;

/// <summary>What the signed-in person may see of the own account.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record GetOwnAccount : IQuery<OwnAccountView>;

internal sealed record OwnAccountView(string Login, string Name, string Role, string Language, bool HasPassword, bool HasSecondFactor, int RecoveryCodesLeft)
{
    /// <summary>When somebody else made the access or changed it last; null when nobody did.</summary>
    public DateTimeOffset? AccessGivenAt { get; init; }

    /// <summary>Who.</summary>
    public string? AccessGivenBy { get; init; }

    /// <summary>From when on the person approves again; null when nothing pauses.</summary>
    public DateTimeOffset? ApprovesFrom { get; init; }
}

/// <summary>Sets the language of the pages.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record ChangeOwnLanguage(string Language) : ICommand;

/// <summary>Replaces the own password; other sessions end.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record ChangeOwnPassword([property: AsTyped] string Present, [property: AsTyped] string New) : ICommand;

internal static class GetOwnAccountHandler
{
    public static async Task<OwnAccountView> HandleAsync(
        GetOwnAccount _,
        CurrentUser user,
        UserManager<Person> people,
        IdentityDb db,
        ApprovingRoles approving,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var person = await people.MustFindAsync(user);
        return new(
            person.UserName!,
            person.DisplayName,
            person.Role,
            person.Language,
            person.PasswordHash is not null,
            person.TwoFactorEnabled,
            await people.CountRecoveryCodesAsync(person)
        )
        {
            AccessGivenAt = person.AccessGivenAt,
            AccessGivenBy = person.AccessGivenBy,
            ApprovesFrom =
                person.AccessGivenAt + Person.ApprovalPause is { } from && from > clock.GetUtcNow() && await approving.IncludeAsync(person.Role, db, ct)
                    ? from
                    : null,
        };
    }
}

internal static class ChangeOwnLanguageHandler
{
    public static readonly IReadOnlyList<string> Languages = ["de", "fr", "en"];

    public static Problem? Validate(ChangeOwnLanguage command, IStringLocalizer<PeopleTexts> texts) =>
        Languages.Contains(command.Language) ? null : new(nameof(command.Language), texts["Error.LanguageMissing"]);

    public static async Task HandleAsync(ChangeOwnLanguage command, IdentityDb _, CurrentUser user, UserManager<Person> people)
    {
        var person = await people.MustFindAsync(user);
        person.Language = command.Language;
        await people.UpdateAsync(person);
    }
}

internal static class ChangeOwnPasswordHandler
{
    public static async Task HandleAsync(
        ChangeOwnPassword command,
        IdentityDb _,
        IUnitOfWork work,
        CurrentUser user,
        UserManager<Person> people,
        PresentPassword password,
        SessionEnd sessions,
        CancellationToken ct
    )
    {
        var person = await people.MustFindAsync(user);
        await password.ProveAsync(person, command.Present, nameof(command.Present), work, ct);
        var changed = await people.ChangePasswordAsync(person, command.Present, command.New);
        if (!changed.Succeeded)
            throw new ProblemsException([
                .. changed.Errors.Select(e => new Problem(
                    e.Code == nameof(IdentityErrorDescriber.PasswordMismatch) ? nameof(command.Present) : nameof(command.New),
                    e.Description
                )),
            ]);
        await sessions.OfAsync(person.Id, ct);
    }
}

internal static class OwnPerson
{
    public static async Task<Person> MustFindAsync(this UserManager<Person> people, CurrentUser user) =>
        await people.FindByIdAsync(user.Id.Value.ToString()) ?? throw new InvalidOperationException("The signed-in person is gone.");
}
