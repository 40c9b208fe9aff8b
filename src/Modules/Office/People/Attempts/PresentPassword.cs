using Association.Office.People.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Attempts;

/// <summary>
/// Asked before somebody changes the own password, codes, app or passkeys, because an open browser is not the person. It is an attempt like any at the
/// sign-in and counts with them.
/// </summary>
internal sealed class PresentPassword(UserManager<Person> people, WrongProofs wrong, IStringLocalizer<PeopleTexts> texts)
{
    /// <summary>Goes on when it is right, and for somebody who signs in by passkey alone and has none.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="field">Where.</param>
    /// <param name="work">Of the command, in which nothing was written yet.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ProblemsException">It is wrong, or was wrong too often.</exception>
    public async Task ProveAsync(Person person, string typed, string field, IUnitOfWork work, CancellationToken ct)
    {
        if (person.PasswordHash is null)
            return;
        if (!await wrong.BeginAsync(work.Connection, person.Id, ct))
            throw new ProblemsException([new Problem(field, texts["Error.TooManyWrong", new Count((long)WrongProofs.Pause.TotalMinutes)])]);
        if (await people.CheckPasswordAsync(person, typed))
        {
            await wrong.ForgetAsync(work.Connection, person.Id, ct);
            return;
        }
        // The command is refused, and with it the count would go: its transaction ends here, and the count stands alone behind it.
        await work.Transaction.RollbackAsync(ct);
        await wrong.BeginAsync(work.Connection, person.Id, ct);
        throw new ProblemsException([new Problem(field, texts["Error.PasswordMismatch"])]);
    }
}
