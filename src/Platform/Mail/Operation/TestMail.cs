using Association.Platform.Data.Kernel;
using Association.Platform.Mail.Mime;
using Association.Platform.Mail.Outgoing;
using Association.Platform.Mail.Smtp;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Mail.Operation;

/// <summary>Sends a mail right now by the saved settings, and tells step by step what the server said. It is tried once and not kept.</summary>
/// <param name="To">One address.</param>
[Permission(MailPermissions.Test)]
public sealed record SendTestMail(string To) : ICommand;

/// <summary>How the attempt went.</summary>
/// <param name="Steps">What was done, in order.</param>
/// <param name="FailedAt">Where it ended; null: the server took the mail.</param>
/// <param name="Fault">Why it ended there.</param>
/// <param name="Reply">What the server said to that; null when it said nothing.</param>
public sealed record MailTestReport(IReadOnlyList<SmtpTurn> Steps, SmtpStep? FailedAt, SmtpFault? Fault, string? Reply)
{
    /// <summary>Whether the server took the mail.</summary>
    public bool Ok => FailedAt is null;
}

internal static class SendTestMailHandler
{
    // Somebody sits before the page and waits.
    private static readonly SmtpPatience Patience = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));

    public static Problem? Validate(SendTestMail command, IStringLocalizer<MailTexts> texts) =>
        EmailAddress.TryParse(command.To, out _, out _) ? null : new Problem(nameof(command.To), texts["Problem.Address"]);

    public static async Task<MailTestReport> HandleAsync(
        SendTestMail command,
        MailServers servers,
        TimeProvider clock,
        IStringLocalizer<MailTexts> texts,
        CancellationToken ct
    )
    {
        var server = await servers.CurrentAsync(ct) ?? throw new ProblemsException(texts["Problem.NoServer"]);
        var (sender, now) = (server.Sender, clock.GetUtcNow());
        var mail = MimeForm.Of(
            new MailMessage(
                $"{Guid.CreateVersion7():n}@{MailAddresses.DomainOf(sender.Address)}",
                now,
                sender,
                new Mailbox("", command.To),
                server.ReplyTo,
                texts["Test.Subject"],
                texts["Test.Text", sender.Name]
            )
        );
        var turns = new List<SmtpTurn>();
        try
        {
            await using var session = await SmtpSession.OpenAsync(server.Address with { Patience = Shorter(server.Address.Patience) }, turns, ct);
            await session.SendAsync(MailAddresses.Ascii(sender.Address), [MailAddresses.Ascii(command.To)], mail, ct);
            return new MailTestReport(turns, null, null, null);
        }
        catch (SmtpFailure failure)
        {
            return new MailTestReport(turns, failure.Step, failure.Fault, failure.Reply?.Words);
        }
    }

    private static SmtpPatience Shorter(SmtpPatience set) =>
        new(
            set.Connect < Patience.Connect ? set.Connect : Patience.Connect,
            set.Reply < Patience.Reply ? set.Reply : Patience.Reply,
            set.Acceptance < Patience.Acceptance ? set.Acceptance : Patience.Acceptance
        );
}
