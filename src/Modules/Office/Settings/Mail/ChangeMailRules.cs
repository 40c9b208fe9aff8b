using Association.Office.Settings.Changes;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Mail.Outgoing;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Mail;

/// <summary>Which server takes outgoing mail, and who is its sender. What waits is tried at once.</summary>
/// <param name="Seen">The version that the form was filled with.</param>
/// <param name="Mail">What shall hold; which password, the handler decides.</param>
/// <param name="Password">A new one; null: the one that is stored.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ChangeMailRules(int Seen, MailRules Mail, [property: AsTyped] string? Password) : ICommand
{
    // A record prints its members, and a password must never reach a log.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(nameof(Seen)).Append(" = ").Append(Seen);
        return true;
    }
}

internal static class ChangeMailRulesHandler
{
    private const int LongestName = 120;
    private const int LongestServer = 253;
    private const int LongestSecret = 200;

    public static async Task<(OfficeRules Rules, MailPassword Password)> LoadAsync(ChangeMailRules command, IOfficeRules rules, CancellationToken ct)
    {
        var now = await rules.CurrentAsync(ct);
        return (now, MailPassword.Of(command, now.Mail));
    }

    public static IEnumerable<Problem> Validate(ChangeMailRules command, MailPassword password, IStringLocalizer<SettingsTexts> texts)
    {
        var mail = command.Mail;
        if (mail.ReplyTo.Length > 0 && !EmailAddress.TryParse(mail.ReplyTo, out _, out _))
            yield return new("Mail.ReplyTo", texts["Problem.Email"]);
        if (mail.SenderAddress.Length > 0 && !EmailAddress.TryParse(mail.SenderAddress, out _, out _))
            yield return new("Mail.SenderAddress", texts["Problem.Email"]);
        if (mail.SenderName.Length > LongestName || mail.SenderName.Any(char.IsControl))
            yield return new("Mail.SenderName", texts["Problem.MailName", LongestName]);
        if (mail.Server.Length == 0)
            yield break; // no mail leaves: the rest may be filled in later
        if (mail.Server.Length > LongestServer || Uri.CheckHostName(mail.Server) == UriHostNameType.Unknown)
            yield return new("Mail.Server", texts["Problem.MailServer"]);
        if (mail.Port is < 1 or > 65535)
            yield return new("Mail.Port", texts["Problem.Port"]);
        if (mail.SenderAddress.Length == 0)
            yield return new("Mail.SenderAddress", texts["Problem.MailSender"]);
        if (mail.User.Length > LongestSecret || mail.User.Any(char.IsControl))
            yield return new("Mail.User", texts["Problem.MailUser", LongestSecret]);
        if (mail.User.Length > 0 && mail.Security == MailSecurity.Plain && !MailServerChange.IsThisMachine(mail.Server))
            yield return new("Mail.Security", texts["Problem.MailPlain"]);
        if (password.Kind == MailPasswordKind.Missing)
            yield return new("Mail.Password", texts["Problem.MailPassword"]);
        if (password.Kind == MailPasswordKind.OfAnother)
            yield return new("Mail.Password", texts["Problem.MailPasswordAgain"]);
        if (command.Password is { Length: > LongestSecret })
            yield return new("Mail.Password", texts["Problem.MailUser", LongestSecret]);
    }

    public static async Task HandleAsync(ChangeMailRules command, MailPassword password, SettingsEdits edits, MailServerChange server, CancellationToken ct)
    {
        var stored =
            password.Kind == MailPasswordKind.Kept
                ? password.Stored
                : await server.KeepPasswordAsync(password.Kind == MailPasswordKind.New ? command.Password : null, ct);
        await edits.SaveAsync(command.Seen, SettingsGroup.Mail, (OfficeRules rules) => rules with { Mail = command.Mail with { Password = stored } }, ct);
        if (command.Mail.HasServer)
            await server.TryWaitingAsync(ct);
    }
}

internal enum MailPasswordKind
{
    None,
    New,
    Kept,
    Missing,
    OfAnother,
}

/// <summary>Which password the server gets.</summary>
/// <param name="Kind">Whether there is one, and whence.</param>
/// <param name="Stored">The one that is kept.</param>
internal sealed record MailPassword(MailPasswordKind Kind, Guid? Stored)
{
    /// <summary>A stored password goes only where it was meant for: whoever could point it at another server would learn it.</summary>
    public static MailPassword Of(ChangeMailRules command, MailRules now) =>
        command switch
        {
            { Mail.User.Length: 0 } or { Mail.Server.Length: 0 } => new(MailPasswordKind.None, null),
            { Password: not null } => new(MailPasswordKind.New, null),
            _ when now.Password is null => new(MailPasswordKind.Missing, null),
            _ when !string.Equals(now.Server, command.Mail.Server, StringComparison.OrdinalIgnoreCase)
                    || now.User != command.Mail.User
                    || now.Security != command.Mail.Security => new(MailPasswordKind.OfAnother, null),
            _ => new(MailPasswordKind.Kept, now.Password),
        };
}
