using Association.Platform.Messaging;
using Dapper;

namespace Association.Platform.Mail.Outgoing;

/// <summary>Hands a mail over to the server. Only an id: neither address nor text lies in the bus.</summary>
/// <param name="Id">The mail.</param>
/// <param name="Turn">Whoever has the mail sent anew gives it another turn; messages of an earlier one do nothing.</param>
[InternalOnly]
[MessageName("mail.send")]
internal sealed record SendMail(Guid Id, int Turn) : ICommand;

[Parallelism(Conversations)]
[PlainWords(typeof(MailTexts), "Work.Send")]
internal static class SendMailHandler
{
    /// <summary>So many at a time; servers do not like more from one sender.</summary>
    public const int Conversations = 4;

    public static async Task<ScheduledMessage?> HandleAsync(SendMail message, MailDispatch dispatch, IUnitOfWork unit, CancellationToken ct)
    {
        await LetBeSilentAsync(unit, ct);
        await using var claims = dispatch.Begin();
        return await dispatch.SendAsync(claims, message.Id, message.Turn, null, ct) is { } again ? new ScheduledMessage(message, again) : null;
    }

    // A slow server is talked to for longer than the bus lets a handler's transaction be silent.
    public static Task LetBeSilentAsync(IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition("set local idle_in_transaction_session_timeout = '30min'", transaction: unit.Transaction, cancellationToken: ct)
        );
}
