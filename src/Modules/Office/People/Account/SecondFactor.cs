using System.Globalization;
using System.Text;
using Association.Office.People.Attempts;
using Association.Office.People.Data;
using Association.Office.People.SecondFactors;
using Association.Office.People.Sessions;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using QRCoder;

namespace Association.Office.People.Account;

/// <summary>The key for an authenticator app (RFC 6238): shown as QR code and to type; made at the first question.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record BeginSecondFactor : ICommand;

/// <summary>What the app scans.</summary>
/// <param name="Key">Base32, in groups of four.</param>
/// <param name="QrPath">Path data of an SVG; a module is one unit.</param>
/// <param name="QrSize">Modules a side, quiet zone included.</param>
public sealed record SecondFactorKey(string Key, string QrPath, int QrSize);

/// <summary>Switches the second factor on when the app shows the right code; answers with ten recovery codes. Other sessions end. Asks for the password, because
/// an open browser is not the person.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record EnrolSecondFactor(string Code, [property: AsTyped] string Password) : ICommand;

/// <summary>Each works once instead of the app's code.</summary>
internal sealed record RecoveryCodes(IReadOnlyList<string> Codes)
{
    private const int Count = 10;

    /// <summary>Replaces those that were left.</summary>
    public static async Task<RecoveryCodes> NewAsync(Person person, UserManager<Person> people) =>
        new([.. await people.GenerateNewTwoFactorRecoveryCodesAsync(person, Count) ?? []]);
}

/// <summary>Ten new recovery codes; the old ones no longer work. Asks for the password, because an open browser is not the person.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record RenewRecoveryCodes([property: AsTyped] string Password) : ICommand;

/// <summary>Switches the second factor off; asks for the password, because an open browser is not the person.</summary>
[Permission(IdentityModule.OwnAccount)]
internal sealed record RemoveSecondFactor([property: AsTyped] string Password) : ICommand;

internal static class BeginSecondFactorHandler
{
    public static async Task<SecondFactorKey> HandleAsync(BeginSecondFactor _, IdentityDb db, CurrentUser user, UserManager<Person> people)
    {
        var person = await people.MustFindAsync(user);
        var key = await people.GetAuthenticatorKeyAsync(person);
        if (string.IsNullOrEmpty(key))
        {
            await people.ResetAuthenticatorKeyAsync(person);
            key = await people.GetAuthenticatorKeyAsync(person);
        }
        var (path, size) = Qr($"otpauth://totp/Association:{Uri.EscapeDataString(person.UserName!)}?secret={key}&issuer=Association&digits=6");
        return new(string.Join(' ', key!.Chunk(4).Select(c => new string(c))), path, size);
    }

    private static (string Path, int Size) Qr(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        for (var x = 0; x < data.ModuleMatrix.Count; x++)
            if (data.ModuleMatrix[y][x])
                path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return (path.ToString(), data.ModuleMatrix.Count);
    }
}

internal static class EnrolSecondFactorHandler
{
    public static async Task<RecoveryCodes> HandleAsync(
        EnrolSecondFactor command,
        IdentityDb _,
        IUnitOfWork work,
        CurrentUser user,
        UserManager<Person> people,
        PresentPassword password,
        SessionEnd sessions,
        IStringLocalizer<PeopleTexts> texts,
        CancellationToken ct
    )
    {
        var person = await people.MustFindAsync(user);
        await password.ProveAsync(person, command.Password, nameof(command.Password), work, ct);
        var code = string.Concat(command.Code.Where(char.IsAsciiDigit));
        if (!await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, code))
            throw new ProblemsException([new Problem(nameof(command.Code), texts["Error.CodeWrong"])]);
        await people.SetTwoFactorEnabledAsync(person, true);
        await sessions.OfAsync(person.Id, ct);
        await sessions.NoteSecondFactorAsync(ct);
        return await RecoveryCodes.NewAsync(person, people);
    }
}

internal static class RenewRecoveryCodesHandler
{
    public static async Task<RecoveryCodes> HandleAsync(
        RenewRecoveryCodes command,
        IdentityDb _,
        IUnitOfWork work,
        CurrentUser user,
        UserManager<Person> people,
        PresentPassword password,
        IStringLocalizer<PeopleTexts> texts,
        CancellationToken ct
    )
    {
        var person = await people.MustFindAsync(user);
        if (!person.TwoFactorEnabled)
            throw new ProblemsException([new Problem("", texts["Error.NoSecond"])]);
        await password.ProveAsync(person, command.Password, nameof(command.Password), work, ct);
        return await RecoveryCodes.NewAsync(person, people);
    }
}

internal static class RemoveSecondFactorHandler
{
    public static async Task HandleAsync(
        RemoveSecondFactor command,
        IdentityDb db,
        IUnitOfWork work,
        CurrentUser user,
        UserManager<Person> people,
        PresentPassword password,
        SessionEnd sessions,
        IStringLocalizer<PeopleTexts> texts,
        CancellationToken ct
    )
    {
        var person = await people.MustFindAsync(user);
        await password.ProveAsync(person, command.Password, nameof(command.Password), work, ct);
        if ((await people.GetPasskeysAsync(person)).Count == 0 && await RequiredSecondFactor.IsNeededByAsync(person, db, ct))
            throw new ProblemsException([new Problem("", texts["Error.SecondNeeded"])]);
        await people.SetTwoFactorEnabledAsync(person, false);
        await people.ResetAuthenticatorKeyAsync(person);
        await people.GenerateNewTwoFactorRecoveryCodesAsync(person, 0);
        await sessions.OfAsync(person.Id, ct);
    }
}
