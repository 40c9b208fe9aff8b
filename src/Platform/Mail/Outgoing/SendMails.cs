using System.Diagnostics;
using Association.Platform.Messaging;

namespace Association.Platform.Mail.Outgoing;

/// <summary>
/// Hands some new mails over, one after the other: they share a message of the bus, and mostly a conversation. Whatever is not done with one of them at once
/// is a <see cref="SendMail"/> of its own.
/// </summary>
/// <param name="Ids">The mails, in their first turn; at most <see cref="Most"/>.</param>
[InternalOnly]
[MessageName("mail.send-some")]
internal sealed record SendMails(IReadOnlyList<Guid> Ids) : ICommand
{
    public const int Most = 20;
}

[Parallelism(SendMailHandler.Conversations)]
[PlainWords(typeof(MailTexts), "Work.Send")]
internal static class SendMailsHandler
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static async Task<OutgoingMessages> HandleAsync(SendMails message, MailDispatch dispatch, IUnitOfWork unit, CancellationToken ct)
    {
        await SendMailHandler.LetBeSilentAsync(unit, ct);
        var (messages, begun) = (new OutgoingMessages(), Stopwatch.GetTimestamp());
        await using var claims = dispatch.Begin();
        for (var i = 0; i < message.Ids.Count; i++)
        {
            if (i > 0 && Stopwatch.GetElapsedTime(begun) > Longest)
            {
                messages.Add(new SendMails([.. message.Ids.Skip(i)]));
                break;
            }
            var alone = new SendMail(message.Ids[i], 1);
            try
            {
                if (await dispatch.SendAsync(claims, alone.Id, alone.Turn, i + 1 < message.Ids.Count ? message.Ids[i + 1] : null, ct) is { } again)
                    messages.Add(new ScheduledMessage(alone, again));
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                messages.Add(alone); // its failure is its own, and the others go on
            }
        }
        return messages;
    }
}
