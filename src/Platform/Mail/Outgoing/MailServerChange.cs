using Association.Platform.Mail.Smtp;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Platform.Mail.Outgoing;

/// <summary>What a change of the server's settings needs besides its new version; in the running transaction of the command that makes it.</summary>
/// <remarks>Scoped.</remarks>
public sealed class MailServerChange
{
    private readonly IUnitOfWork _unit;
    private readonly IMessageBus _bus;
    private readonly MailContents _contents;
    private readonly TimeProvider _clock;

    internal MailServerChange(IUnitOfWork unit, IMessageBus bus, MailContents contents, TimeProvider clock) =>
        (_unit, _bus, _contents, _clock) = (unit, bus, contents, clock);

    /// <summary>Whether a password to this server may travel in plain text, because it never leaves the machine.</summary>
    public static bool IsThisMachine(string server) => SmtpServer.IsThisMachine(server);

    /// <summary>Keeps a password, encrypted, and forgets every other: only the newest version of the settings can sign in.</summary>
    /// <param name="password">Null: there is none any more.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What the settings name it by; null without one.</returns>
    public async Task<Guid?> KeepPasswordAsync(string? password, CancellationToken ct)
    {
        await _unit.Connection.ExecuteAsync(new CommandDefinition("delete from mail.server_password", transaction: _unit.Transaction, cancellationToken: ct));
        if (password is null)
            return null;
        var id = Guid.CreateVersion7();
        await _unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into mail.server_password (id, password) values (@id, @stored)",
                new { id, stored = _contents.ProtectPassword(password) },
                _unit.Transaction,
                cancellationToken: ct
            )
        );
        return id;
    }

    /// <summary>Has every waiting mail tried at once.</summary>
    /// <returns>How many wait.</returns>
    public async Task<int> TryWaitingAsync(CancellationToken ct)
    {
        var waiting = (
            await _unit.Connection.QueryAsync<(Guid Id, int Turn)>(
                new CommandDefinition(
                    "update mail.outgoing_mail set turn = turn + 1, next_attempt_at = @now where state = 'waiting' returning id, turn",
                    new { now = _clock.GetUtcNow() },
                    _unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        foreach (var (id, turn) in waiting)
            await _bus.SendAsync(new SendMail(id, turn), ct);
        return waiting.Count;
    }
}
