using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Mail.Smtp;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Mail.Operation;

/// <summary>How a conversation with the server went, in words for the office.</summary>
public sealed class MailWords(IStringLocalizer<MailTexts> texts)
{
    /// <summary>Why a mail did not arrive, or not yet; empty when nothing went wrong.</summary>
    public string Why(MailView mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail is { LastStep: { } step, LastFault: { } fault } ? Why(step, fault, mail.LastReply) : "";
    }

    /// <summary>„Beim Anmelden: Der Server hat abgelehnt. Er sagt: 535 …“</summary>
    public string Why(SmtpStep step, SmtpFault fault, string? reply) =>
        $"{texts[$"Step.{step}"]}: {texts[$"Fault.{fault}"]}{(reply is { Length: > 0 } ? " " + texts["Fault.Says", reply] : "")}";

    /// <summary>A step, as a noun.</summary>
    public string Step(SmtpStep step) => texts[$"Step.{step}"];

    // As in lists: 24.06.2027 09:30, German wall-clock time.
    internal static string? Moment(DateTimeOffset? at) => at?.ToBusinessTime().ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture);
}
