using Association.Platform.Documents.Archive;
using Association.Platform.Mail.Mime;
using Association.Platform.Mail.Smtp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Association.Platform.Mail.Outgoing;

/// <summary>
/// Hands one mail over, at most once. The claim is committed before the first word to the server, and its end right after the last; who finds a claim
/// that nobody holds any more knows that its holder died in between, and that nobody knows whether the mail arrived.
/// </summary>
internal sealed class MailDispatch(
    MailConnections connections,
    MailServers servers,
    SmtpConversations conversations,
    MailContents contents,
    FileArchive archive,
    IOptionsMonitor<MailOptions> options,
    TimeProvider clock,
    ILogger<MailDispatch> log
) : IDisposable
{
    private const int Looks = 5;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(4),
    ];

    private readonly SemaphoreSlim _conversations = new(SendMailHandler.Conversations);

    /// <summary>Begins with mails that are handed over one after the other.</summary>
    public MailClaims Begin() => new(connections.Database);

    /// <summary>Does what the mail's state asks for.</summary>
    /// <param name="claims">Holds it meanwhile.</param>
    /// <param name="id">The mail.</param>
    /// <param name="turn">Which turn of the mail the message is of.</param>
    /// <param name="next">Whose turn is next, in its first; null: nobody's.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>When to look again; null: there is nothing more to do in this turn.</returns>
    public async Task<DateTimeOffset?> SendAsync(MailClaims claims, Guid id, int turn, Guid? next, CancellationToken ct)
    {
        await _conversations.WaitAsync(ct);
        try
        {
            return await SendHeldAsync(claims, id, turn, next, ct);
        }
        finally
        {
            _conversations.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _conversations.Dispose();

    private async Task<DateTimeOffset?> SendHeldAsync(MailClaims claims, Guid id, int turn, Guid? next, CancellationToken ct)
    {
        var known = servers.Known;
        while (true)
        {
            if (await TakeAsync(claims, id, turn, known, ct) is not { } mail)
                return null;
            if (!mail.IsHeld)
                return clock.GetUtcNow() + LookAgain; // somebody talks to the server about it right now
            if (mail.Claimed is { } claimed)
                return await ConverseAsync(claims, claimed, next is { } n ? new WantedMail(n, 1, servers.Known) : null, ct);
            if (mail.Turn != turn)
                return null;
            var now = clock.GetUtcNow();
            switch (mail.State)
            {
                case MailState.Sending:
                    log.LogWarning("Mail {Mail}: whoever was handing it over has gone; nobody knows whether it arrived", id);
                    await claims.SettleAsync(mail, MailState.Unknown, now, ct);
                    return null;
                case not MailState.Waiting:
                    return null;
            }
            if (mail.SendUntil <= now)
            {
                await claims.SettleAsync(mail, MailState.Expired, now, ct);
                return null;
            }
            if (mail.NextAttemptAt > now)
                return mail.NextAttemptAt;
            known = await servers.InForceAsync(mail.Settings, ct);
            if (known.Server is null)
                return mail.SendUntil; // setting one gives all that wait another turn
        }
    }

    // A message of an earlier turn may just be looking: that takes a moment, talking to the server takes longer.
    private async Task<TakenMail?> TakeAsync(MailClaims claims, Guid id, int turn, ServerInForce? known, CancellationToken ct)
    {
        for (var look = 1; ; look++)
        {
            var mail = await claims.TakeAsync(id, turn, known, clock.GetUtcNow(), ct);
            if (mail is null or { IsHeld: true } || look == Looks)
                return mail;
            await Task.Delay(Moment, ct);
        }
    }

    private async Task<DateTimeOffset?> ConverseAsync(MailClaims claims, ClaimedMail mail, WantedMail? next, CancellationToken ct)
    {
        var turns = new List<SmtpTurn>();
        try
        {
            var message = await MessageAsync(mail, ct);
            var (from, to) = (MailAddresses.Ascii(mail.Server.Sender.Address), MailAddresses.Ascii(mail.RecipientAddress));
            var accepted = await conversations.SendAsync(mail.Server.Address, message, from, to, turns, ct);
            await claims.EndAsync(mail, MailState.Sent, new LastWords(SmtpStep.Acceptance, null, accepted.Words), clock.GetUtcNow(), ahead: next);
            log.LogInformation("Mail {Mail} was taken by the server after {Attempts} attempts", mail.Id, mail.Attempts);
            return null;
        }
        catch (SmtpFailure failure)
        {
            return await FailedAsync(claims, mail, failure, next);
        }
        catch (Exception) when (turns.All(t => t.Step < SmtpStep.Content))
        {
            // Stopped, or broken in this program, before the mail was on its way: it waits as if nothing had been said.
            await claims.GiveBackAsync(mail);
            throw;
        }
    }

    private async Task<DateTimeOffset?> FailedAsync(MailClaims claims, ClaimedMail mail, SmtpFailure failure, WantedMail? next)
    {
        var (now, words) = (clock.GetUtcNow(), new LastWords(failure.Step, failure.Fault, failure.Reply?.Words));
        log.LogWarning("Mail {Mail}, attempt {Attempts}: {Failure}, so {Verdict}", mail.Id, mail.Attempts, failure.Message, failure.Verdict);
        switch (failure.Verdict)
        {
            case SmtpVerdict.Unknown:
                await claims.EndAsync(mail, MailState.Unknown, words, now, ahead: next);
                return null;
            case SmtpVerdict.Never:
                await claims.EndAsync(mail, MailState.Refused, words, now, ahead: next);
                return null;
            default:
                var pause = Pauses[Math.Min(mail.Attempts, Pauses.Length) - 1] * options.CurrentValue.RetryDelayScale;
                var again = now + pause < mail.SendUntil ? now + pause : mail.SendUntil;
                await claims.EndAsync(mail, MailState.Waiting, words, now, again, next);
                return again;
        }
    }

    private async Task<MimeMessage> MessageAsync(ClaimedMail mail, CancellationToken ct)
    {
        var attachments = new List<MailAttachment>();
        foreach (var id in mail.Attachments)
        {
            var file = await archive.ReadAsync(id, ct); // what is missing throws: a mail never leaves without what it promises
            attachments.Add(new MailAttachment(file.Name, file.MediaType, file.Bytes));
        }
        return MimeForm.Of(
            new MailMessage(
                mail.MessageId,
                mail.CreatedAt,
                mail.Server.Sender,
                new Mailbox(mail.RecipientName, mail.RecipientAddress),
                mail.Server.ReplyTo,
                mail.Subject,
                contents.Read(mail.Content),
                attachments
            )
        );
    }
}
