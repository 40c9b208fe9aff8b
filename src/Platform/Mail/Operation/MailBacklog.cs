using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Platform.Mail.Operation;

/// <summary>What waits to leave, for supervisors, who have no permission to ask for more.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class MailBacklog(OfficeDatabase database, IOfficeRules rules)
{
    internal const int ManyAttempts = 3;

    /// <summary>Reads it.</summary>
    public async Task<WaitingMails> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (waiting, stuck) = await connection.QuerySingleAsync<(int, int)>(
            new CommandDefinition(
                "select count(*)::int, (count(*) filter (where attempts >= @ManyAttempts))::int from mail.outgoing_mail where state = 'waiting'",
                new { ManyAttempts },
                cancellationToken: ct
            )
        );
        return new WaitingMails(waiting, stuck, (await rules.CurrentAsync(ct)).Mail.HasServer);
    }
}

/// <summary>What waits to leave.</summary>
/// <param name="Waiting">All that wait.</param>
/// <param name="Stuck">Those of them that were tried several times.</param>
/// <param name="HasServer">Whether a server is set.</param>
public sealed record WaitingMails(int Waiting, int Stuck, bool HasServer);
