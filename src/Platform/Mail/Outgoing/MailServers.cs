using System.Security.Cryptography.X509Certificates;
using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Mail.Mime;
using Association.Platform.Mail.Smtp;
using Dapper;
using Microsoft.Extensions.Options;

namespace Association.Platform.Mail.Outgoing;

/// <summary>The server and the sender, as the settings name them now.</summary>
internal sealed class MailServers(
    IOfficeRules rules,
    IAssociationProfiles profiles,
    MailContents contents,
    OfficeDatabase database,
    IOptionsMonitor<MailOptions> options
)
{
    private volatile ServerInForce? _known;

    /// <summary>What was in force when it was asked last; null: nobody has asked yet.</summary>
    public ServerInForce? Known => _known;

    /// <summary>The same object as long as the settings are the same.</summary>
    /// <param name="settings">Their version, as it stands now.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ServerInForce> InForceAsync(string settings, CancellationToken ct) =>
        _known is { } known && known.Settings == settings ? known : _known = new ServerInForce(settings, await CurrentAsync(ct));

    /// <summary>Null: none is set, and mails wait.</summary>
    public async Task<MailServer?> CurrentAsync(CancellationToken ct)
    {
        var mail = (await rules.CurrentAsync(ct)).Mail;
        if (!mail.HasServer)
            return null;
        var name = mail.SenderName.Length > 0 ? mail.SenderName : (await profiles.CurrentAsync(ct)).Name;
        var patience = options.CurrentValue;
        return new MailServer(
            new SmtpServer(mail.Server, mail.Port, mail.Security, mail.User, await PasswordAsync(mail.Password, ct))
            {
                Patience = new SmtpPatience(patience.ConnectPatience, patience.ReplyPatience, patience.AcceptancePatience),
                TrustedCertificates = Trusted(patience.TrustedCertificates),
            },
            new Mailbox(name, mail.SenderAddress),
            mail.ReplyTo.Length > 0 ? new Mailbox("", mail.ReplyTo) : null
        );
    }

    private async Task<string> PasswordAsync(Guid? id, CancellationToken ct)
    {
        if (id is null)
            return "";
        await using var connection = await database.OpenConnectionAsync(ct);
        var stored = await connection.ExecuteScalarAsync<byte[]?>(
            new CommandDefinition("select password from mail.server_password where id = @id", new { id }, cancellationToken: ct)
        );
        return stored is null ? "" : contents.ReadPassword(stored);
    }

    private static X509Certificate2Collection Trusted(string file)
    {
        var trusted = new X509Certificate2Collection();
        if (file.Length > 0)
            trusted.ImportFromPemFile(file);
        return trusted;
    }
}

/// <summary>The server of one version of the settings.</summary>
/// <param name="Settings">Their version.</param>
/// <param name="Server">Null: none is set, and mails wait.</param>
internal sealed record ServerInForce(string Settings, MailServer? Server);

/// <summary>Where mails are handed over, and in whose name.</summary>
internal sealed record MailServer(SmtpServer Address, Mailbox Sender, Mailbox? ReplyTo);
