using System.Data;
using Association.Platform.Data;
using Association.Platform.Mail.Mime;
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
    private bool _lock;

    private MailRow(NpgsqlDataSource database, NpgsqlConnection connection, Guid id, StoredMail? stored, ClaimedMail? claimed, bool held) =>
        (_database, _connection, _id, Stored, Claimed, IsHeld, _lock) = (database, connection, id, stored, claimed, held, held);

    /// <summary>Whether nobody else, on whichever host, deals with this mail.</summary>
    public bool IsHeld { get; }

    /// <summary>Where it stands; null: there is none.</summary>
    public StoredMail? Stored { get; }

    /// <summary>What may be handed over now: the claim is committed before the first word to the server. Null: it may not.</summary>
    public ClaimedMail? Claimed { get; }

    /// <summary>Holds the mail and claims it, if it is its turn and time.</summary>
    /// <param name="database">Gives the connection that holds it.</param>
    /// <param name="id">The mail.</param>
    /// <param name="turn">Which turn of the mail the message is of.</param>
    /// <param name="known">The settings by which it would be handed over: when others are in force, nothing is claimed. Null: nothing is known yet.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<MailRow> TakeAsync(NpgsqlDataSource database, Guid id, int turn, ServerInForce? known, DateTimeOffset now, CancellationToken ct)
    {
        var claim = Guid.CreateVersion7();
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            var row = await connection.QuerySingleOrDefaultAsync<TakenRow>(
                new CommandDefinition(
                    """
                    select is_held as IsHeld, settings as Settings, state as State, turn as Turn, send_until as SendUntil, next_attempt_at as NextAttemptAt,
                           claim as Claim, attempts as Attempts, message_id as MessageId, created_at as CreatedAt, recipient_name as RecipientName,
                           recipient_address as RecipientAddress, subject as Subject, content as Content, attachments as Attachments
                      from mail.take(@id, @turn, @now, @claim, @messageId, @settings)
                    """,
                    new
                    {
                        id,
                        turn,
                        now,
                        claim,
                        messageId = known?.Server is { } server ? $"{id:n}@{MailAddresses.DomainOf(server.Sender.Address)}" : null,
                        settings = known is { Server: not null } ? known.Settings : null,
                    },
                    cancellationToken: ct
                )
            );
            return new MailRow(
                database,
                connection,
                id,
                row is null ? null : new StoredMail(EnumText.Parse<MailState>(row.State), row.Turn, row.Claim, row.SendUntil, row.NextAttemptAt, row.Settings),
                row?.Claim == claim ? row.Mail(id) : null,
                row is { IsHeld: true }
            );
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends what needs no conversation, if it still stands as it was found: too late, or left behind by somebody who died.</summary>
    public Task SettleAsync(MailState state, DateTimeOffset now, CancellationToken ct) =>
        _connection.ExecuteAsync(
            new CommandDefinition(
                """
                update mail.outgoing_mail set state = @state, settled_at = @now, content = case when @state = 'expired' then null else content end
                 where id = @id and state = @found and claim is not distinct from @claim
                """,
                new
                {
                    id = _id,
                    state = EnumText.Of(state),
                    found = EnumText.Of(Stored!.State),
                    claim = Stored.Claim,
                    now,
                },
                cancellationToken: ct
            )
        );

    /// <summary>
    /// Writes how the conversation ended. Tried for a while on new connections when this one is lost: what is known must not become unknown because the
    /// database restarted. Never cancelled, for the same reason. Lets the mail go in the same way: whoever takes it before this is committed finds it as it
    /// was, waits for this row when he would change it, and then finds it changed.
    /// </summary>
    public async Task EndAsync(ClaimedMail mail, MailState state, LastWords words, DateTimeOffset now, DateTimeOffset? next = null)
    {
        var end = new CommandDefinition(
            """
            update mail.outgoing_mail
               set state = @state, last_step = @step, last_fault = @fault, last_reply = @reply, next_attempt_at = coalesce(@next, next_attempt_at),
                   settled_at = case when @state = 'waiting' then null else @now end, content = case when @state = 'sent' then null else content end
             where id = @Id and claim = @Claim and (state = 'sending' or (state = 'unknown' and @state = 'sent'));
            select pg_advisory_unlock_all();
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
        _lock = false;
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
        if (_lock && _connection.State == ConnectionState.Open)
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
    private sealed class TakenRow
    {
        public bool IsHeld { get; init; }
        public required string Settings { get; init; }
        public required string State { get; init; }
        public int Turn { get; init; }
        public DateTime SendUntil { get; init; }
        public DateTime NextAttemptAt { get; init; }
        public Guid? Claim { get; init; }
        public int Attempts { get; init; }
        public string? MessageId { get; init; }
        public DateTime CreatedAt { get; init; }
        public required string RecipientName { get; init; }
        public required string RecipientAddress { get; init; }
        public required string Subject { get; init; }
        public byte[]? Content { get; init; }
        public required Guid[] Attachments { get; init; }

        public ClaimedMail Mail(Guid id) =>
            new(id, Claim!.Value, Attempts, MessageId!, CreatedAt, SendUntil, RecipientName, RecipientAddress, Subject, Content!, Attachments);
    }
}

/// <summary>Where a mail stands, and which settings are in force.</summary>
internal sealed record StoredMail(MailState State, int Turn, Guid? Claim, DateTimeOffset SendUntil, DateTimeOffset NextAttemptAt, string Settings);

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
