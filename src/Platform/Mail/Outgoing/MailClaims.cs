using System.Data;
using Association.Platform.Data;
using Association.Platform.Mail.Mime;
using Association.Platform.Mail.Smtp;
using Dapper;
using Npgsql;

namespace Association.Platform.Mail.Outgoing;

/// <summary>
/// Holds mails, one at a time, on a connection of its own, by a lock that ends with this process, however it ends. Every change commits at once: what the
/// server was told cannot be rolled back.
/// </summary>
internal sealed class MailClaims(NpgsqlDataSource database) : IAsyncDisposable
{
    private const string Take = """
        select is_held as IsHeld, settings as Settings, state as State, turn as Turn, send_until as SendUntil, next_attempt_at as NextAttemptAt,
               claim as Claim, attempts as Attempts, message_id as MessageId, created_at as CreatedAt, recipient_name as RecipientName,
               recipient_address as RecipientAddress, subject as Subject, content as Content, attachments as Attachments
          from mail.take(@id, @turn, @now, @claim, @messageId, @settings)
        """;

    private const string End = """
        update mail.outgoing_mail
           set state = @state, last_step = @step, last_fault = @fault, last_reply = @reply, next_attempt_at = coalesce(@next, next_attempt_at),
               settled_at = case when @state = 'waiting' then null else @at end, content = case when @state = 'sent' then null else content end
         where id = @ended and claim = @endedClaim and (state = 'sending' or (state = 'unknown' and @state = 'sent'));
        """;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(20),
    ];

    private NpgsqlConnection? _connection;
    private TakenMail? _ahead; // taken with the end of the one before
    private Guid? _unsure; // the claim of a mail that was to be taken so, when nobody answered whether it was

    /// <summary>Holds a mail, lets go the one before, and claims it, if it is its turn and time: the claim is committed before the first word to the server.</summary>
    /// <param name="id">The mail.</param>
    /// <param name="turn">Which turn of the mail the message is of.</param>
    /// <param name="known">The settings by which it would be handed over: when others are in force, nothing is claimed. Null: nothing is known yet.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null: there is no such mail.</returns>
    public async Task<TakenMail?> TakeAsync(Guid id, int turn, ServerInForce? known, DateTimeOffset now, CancellationToken ct)
    {
        if (_ahead is { } ahead && ahead.Id == id)
        {
            _ahead = null;
            return ahead;
        }
        await GiveBackAheadAsync();
        var wanted = new WantedMail(id, turn, known);
        var row = await (await ConnectionAsync(ct)).QuerySingleOrDefaultAsync<TakenRow>(
            new CommandDefinition(Take, wanted.Parameters(now), cancellationToken: ct)
        );
        return row?.Read(wanted, _unsure);
    }

    /// <summary>Ends what needs no conversation, if it still stands as it was found: too late, or left behind by somebody who died.</summary>
    public async Task SettleAsync(TakenMail mail, MailState state, DateTimeOffset now, CancellationToken ct) =>
        await (await ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                update mail.outgoing_mail set state = @state, settled_at = @now, content = case when @state = 'expired' then null else content end
                 where id = @Id and state = @found and claim is not distinct from @Claim
                """,
                new
                {
                    mail.Id,
                    state = EnumText.Of(state),
                    found = EnumText.Of(mail.State),
                    mail.Claim,
                    now,
                },
                cancellationToken: ct
            )
        );

    /// <summary>
    /// Writes how the conversation ended, and lets the mail go: whoever takes it before this is committed finds it as it was, waits for its row when he would
    /// change it, and then finds it changed. Tried for a while on new connections when this one is lost: what is known must not become unknown because the
    /// database restarted. Never cancelled, for the same reason.
    /// </summary>
    /// <param name="mail">Of the conversation.</param>
    /// <param name="state">What became of it.</param>
    /// <param name="words">What the server said last.</param>
    /// <param name="now">The time.</param>
    /// <param name="next">When it is tried again.</param>
    /// <param name="ahead">A mail that is to be taken next: it is claimed in the same transaction, so that a mail costs one commit.</param>
    public async Task EndAsync(ClaimedMail mail, MailState state, LastWords words, DateTimeOffset now, DateTimeOffset? next = null, WantedMail? ahead = null)
    {
        var parameters = new DynamicParameters(
            new
            {
                ended = mail.Id,
                endedClaim = mail.Claim,
                state = EnumText.Of(state),
                step = EnumText.Of(words.Step),
                fault = words.Fault is { } f ? EnumText.Of(f) : null,
                reply = words.Reply,
                at = now,
                next,
            }
        );
        if (ahead is null || !await TryEndAndTakeAsync(parameters, ahead, now))
            await PersistAsync(new CommandDefinition(End + "select pg_advisory_unlock_all()", parameters, cancellationToken: CancellationToken.None));
    }

    /// <summary>The conversation never came to the mail: it waits as before, without an attempt counted.</summary>
    public Task GiveBackAsync(ClaimedMail mail) =>
        PersistAsync(
            new CommandDefinition(
                "update mail.outgoing_mail set state = 'waiting', attempts = attempts - 1 where id = @Id and claim = @Claim and state = 'sending'",
                new { mail.Id, mail.Claim },
                cancellationToken: CancellationToken.None
            )
        );

    public async ValueTask DisposeAsync()
    {
        if (_connection is null)
            return;
        await GiveBackAheadAsync();
        // The pool would keep the session and with it the lock.
        if (_connection.State == ConnectionState.Open)
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

    // What was claimed ahead and is not told now waits as before.
    private async Task GiveBackAheadAsync()
    {
        var ahead = _ahead;
        _ahead = null;
        if (ahead?.Claimed is { } claimed)
            await GiveBackAsync(claimed);
    }

    private async Task<bool> TryEndAndTakeAsync(DynamicParameters end, WantedMail ahead, DateTimeOffset now)
    {
        try
        {
            var both = new DynamicParameters(end);
            both.AddDynamicParams(ahead.Parameters(now));
            var row = await (await ConnectionAsync(CancellationToken.None)).QuerySingleOrDefaultAsync<TakenRow>(
                new CommandDefinition(End + Take, both, cancellationToken: CancellationToken.None)
            );
            _ahead = row?.Read(ahead, null);
            return true;
        }
        catch (NpgsqlException)
        {
            _unsure = ahead.Claim;
            return false; // the end alone is tried again; the other mail is taken in its turn
        }
    }

    // One that was lost took its locks along.
    private async Task<NpgsqlConnection> ConnectionAsync(CancellationToken ct)
    {
        if (_connection is { State: ConnectionState.Open })
            return _connection;
        if (_connection is not null)
            await _connection.DisposeAsync();
        return _connection = await database.OpenConnectionAsync(ct);
    }

    private async Task PersistAsync(CommandDefinition command)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await (await ConnectionAsync(CancellationToken.None)).ExecuteAsync(command);
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

        public TakenMail Read(WantedMail wanted, Guid? unsure) =>
            new(
                wanted.Id,
                IsHeld,
                EnumText.Parse<MailState>(State),
                Turn,
                Claim,
                SendUntil,
                NextAttemptAt,
                Settings,
                IsHeld && State == "sending" && Claim is { } mine && (mine == wanted.Claim || mine == unsure) && wanted.Known?.Server is { } server
                    ? new ClaimedMail(
                        wanted.Id,
                        mine,
                        Attempts,
                        MessageId!,
                        CreatedAt,
                        SendUntil,
                        RecipientName,
                        RecipientAddress,
                        Subject,
                        Content!,
                        Attachments,
                        server
                    )
                    : null
            );
    }
}

/// <summary>A mail to be taken.</summary>
/// <param name="Id">Which.</param>
/// <param name="Turn">Which turn of the mail the message is of.</param>
/// <param name="Known">The settings by which it would be handed over; null: nothing is known yet.</param>
internal sealed record WantedMail(Guid Id, int Turn, ServerInForce? Known)
{
    /// <summary>What marks it as taken by this, and by nobody else.</summary>
    public Guid Claim { get; } = Guid.CreateVersion7();

    public object Parameters(DateTimeOffset now) =>
        new
        {
            id = Id,
            turn = Turn,
            now,
            claim = Claim,
            messageId = Known?.Server is { } server ? $"{Id:n}@{MailAddresses.DomainOf(server.Sender.Address)}" : null,
            settings = Known is { Server: not null } ? Known.Settings : null,
        };
}

/// <summary>Where a mail stood when it was to be taken.</summary>
/// <param name="IsHeld">Whether nobody else, on whichever host, deals with it.</param>
/// <param name="Settings">Those in force then.</param>
/// <param name="Claimed">Null: it may not be handed over now, or not by the settings that were known.</param>
internal sealed record TakenMail(
    Guid Id,
    bool IsHeld,
    MailState State,
    int Turn,
    Guid? Claim,
    DateTimeOffset SendUntil,
    DateTimeOffset NextAttemptAt,
    string Settings,
    ClaimedMail? Claimed
);

/// <summary>A mail that this process, and nobody else, may hand over now, to the server of the settings by which it was claimed.</summary>
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
    IReadOnlyList<Guid> Attachments,
    MailServer Server
);

/// <summary>How a conversation ended.</summary>
internal sealed record LastWords(SmtpStep Step, SmtpFault? Fault, string? Reply);
