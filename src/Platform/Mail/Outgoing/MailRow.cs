using System.Data;
using Association.Platform.Data;
using Association.Platform.Mail.Smtp;
using Dapper;
using Npgsql;

namespace Association.Platform.Mail.Outgoing;

/// <summary>
/// The row of one mail, held on a connection of its own by a lock that ends with this process, however it ends. Every change commits at once: what the
/// server was told cannot be rolled back.
/// </summary>
internal sealed class MailRow : IAsyncDisposable
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(20),
    ];

    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlConnection _connection;
    private readonly Guid _id;

    private MailRow(NpgsqlDataSource database, NpgsqlConnection connection, Guid id, bool isHeld, StoredMail? mail) =>
        (_database, _connection, _id, IsHeld, Mail) = (database, connection, id, isHeld, mail);

    /// <summary>Whether nobody else, on whichever host, deals with this mail.</summary>
    public bool IsHeld { get; }

    /// <summary>Where it stood when it was held; null: there is none.</summary>
    public StoredMail? Mail { get; }

    public static async Task<MailRow> HoldAsync(NpgsqlDataSource database, Guid id, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            // Two statements, one way: the second one sees what was committed by whoever held the mail before.
            await using var answers = await connection.QueryMultipleAsync(
                new CommandDefinition(
                    """
                    select pg_try_advisory_lock(hashtextextended('mail.outgoing_mail ' || @name, 0));
                    select state as State, turn as Turn, send_until as SendUntil, next_attempt_at as NextAttemptAt,
                           concat_ws('/', (select max(version) from platform.office_rules), (select max(version) from platform.association_profile)) as Settings
                      from mail.outgoing_mail where id = @id;
                    """,
                    new { id, name = id.ToString() },
                    cancellationToken: ct
                )
            );
            var held = await answers.ReadSingleAsync<bool>();
            var row = await answers.ReadSingleOrDefaultAsync<StoredRow>();
            return new MailRow(
                database,
                connection,
                id,
                held,
                row is null ? null : new StoredMail(EnumText.Parse<MailState>(row.State), row.Turn, row.SendUntil, row.NextAttemptAt, row.Settings)
            );
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Committed before the first word to the server.</summary>
    /// <returns>Null: somebody decided otherwise meanwhile.</returns>
    public async Task<ClaimedMail?> ClaimAsync(StoredMail mail, string domain, DateTimeOffset now, CancellationToken ct)
    {
        var row = await _connection.QuerySingleOrDefaultAsync<ClaimedRow>(
            new CommandDefinition(
                """
                update mail.outgoing_mail
                   set state = 'sending', claim = @claim, attempts = attempts + 1, attempted_at = @now, message_id = coalesce(message_id, @messageId),
                     last_step = null, last_fault = null, last_reply = null
                 where id = @id and state = 'waiting' and turn = @Turn and send_until > @now
                returning claim as Claim, attempts as Attempts, message_id as MessageId, created_at as CreatedAt, send_until as SendUntil,
                          recipient_name as RecipientName, recipient_address as RecipientAddress, subject as Subject, content as Content,
                          array(select a.file_id from mail.attachment a where a.mail_id = outgoing_mail.id order by a.place) as Attachments
                """,
                new
                {
                    id = _id,
                    claim = Guid.CreateVersion7(),
                    now,
                    messageId = $"{_id:n}@{domain}",
                    mail.Turn,
                },
                cancellationToken: ct
            )
        );
        if (row is null)
            return null;
        return new ClaimedMail(
            _id,
            row.Claim,
            row.Attempts,
            row.MessageId,
            row.CreatedAt,
            row.SendUntil,
            row.RecipientName,
            row.RecipientAddress,
            row.Subject,
            row.Content,
            row.Attachments
        );
    }

    /// <summary>Ends what needs no conversation: too late, or left behind by somebody who died.</summary>
    public Task SettleAsync(MailState state, DateTimeOffset now, CancellationToken ct) =>
        _connection.ExecuteAsync(
            new CommandDefinition(
                "update mail.outgoing_mail set state = @state, settled_at = @now, content = case when @state = 'expired' then null else content end where id = @id",
                new
                {
                    id = _id,
                    state = EnumText.Of(state),
                    now,
                },
                cancellationToken: ct
            )
        );

    /// <summary>
    /// Writes how the conversation ended. Tried for a while on new connections when this one is lost: what is known must not become unknown because the
    /// database restarted. Never cancelled, for the same reason.
    /// </summary>
    public async Task EndAsync(ClaimedMail mail, MailState state, LastWords words, DateTimeOffset now, DateTimeOffset? next = null)
    {
        var end = new CommandDefinition(
            """
            update mail.outgoing_mail
               set state = @state, last_step = @step, last_fault = @fault, last_reply = @reply, next_attempt_at = coalesce(@next, next_attempt_at),
                   settled_at = case when @state = 'waiting' then null else @now end, content = case when @state = 'sent' then null else content end
             where id = @Id and claim = @Claim and (state = 'sending' or (state = 'unknown' and @state = 'sent'))
            """,
            new
            {
                mail.Id,
                mail.Claim,
                state = EnumText.Of(state),
                step = EnumText.Of(words.Step),
                fault = words.Fault is { } f ? EnumText.Of(f) : null,
                reply = words.Reply,
                now,
                next,
            },
            cancellationToken: CancellationToken.None
        );
        await PersistAsync(end);
    }

    /// <summary>The conversation never came to the mail: it waits as before, without an attempt counted.</summary>
    public Task GiveBackAsync(ClaimedMail mail, DateTimeOffset now) =>
        PersistAsync(
            new CommandDefinition(
                "update mail.outgoing_mail set state = 'waiting', attempts = attempts - 1, next_attempt_at = @now where id = @Id and claim = @Claim and state = 'sending'",
                new
                {
                    mail.Id,
                    mail.Claim,
                    now,
                },
                cancellationToken: CancellationToken.None
            )
        );

    public async ValueTask DisposeAsync()
    {
        // The pool would keep the session and with it the lock.
        if (IsHeld && _connection.State == ConnectionState.Open)
        {
            try
            {
                await _connection.ExecuteAsync("select pg_advisory_unlock_all()");
            }
            catch (NpgsqlException)
            {
                // the session is gone, and the lock with it
            }
        }
        await _connection.DisposeAsync();
    }

    private async Task PersistAsync(CommandDefinition command)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (attempt == 0)
                {
                    await _connection.ExecuteAsync(command);
                    return;
                }
                await using var connection = await _database.OpenConnectionAsync(CancellationToken.None);
                await connection.ExecuteAsync(command);
                return;
            }
            catch (Exception e)
                when (attempt < Pauses.Length
                    && e
                        is NpgsqlException { IsTransient: true }
                            or InvalidOperationException
                            or IOException
                            or PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "57P05" }
                )
            {
                await Task.Delay(Pauses[attempt], CancellationToken.None);
            }
        }
    }

    // Dapper reads instants as DateTime in UTC.
    private sealed record StoredRow(string State, int Turn, DateTime SendUntil, DateTime NextAttemptAt, string Settings);

    private sealed class ClaimedRow
    {
        public Guid Claim { get; init; }
        public int Attempts { get; init; }
        public required string MessageId { get; init; }
        public DateTime CreatedAt { get; init; }
        public DateTime SendUntil { get; init; }
        public required string RecipientName { get; init; }
        public required string RecipientAddress { get; init; }
        public required string Subject { get; init; }
        public required byte[] Content { get; init; }
        public required Guid[] Attachments { get; init; }
    }
}

/// <summary>Where a mail stands, and which settings are in force.</summary>
internal sealed record StoredMail(MailState State, int Turn, DateTimeOffset SendUntil, DateTimeOffset NextAttemptAt, string Settings);

/// <summary>A mail that this process, and nobody else, may hand over now.</summary>
internal sealed record ClaimedMail(
    Guid Id,
    Guid Claim,
    int Attempts,
    string MessageId,
    DateTimeOffset CreatedAt,
    DateTimeOffset SendUntil,
    string RecipientName,
    string RecipientAddress,
    string Subject,
    byte[] Content,
    IReadOnlyList<Guid> Attachments
);

/// <summary>How a conversation ended.</summary>
internal sealed record LastWords(SmtpStep Step, SmtpFault? Fault, string? Reply);
