using System.Runtime.CompilerServices;
using Association.Platform.Data;
using Association.Platform.Data.Lists;
using Association.Platform.Mail.Smtp;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Platform.Mail.Operation;

/// <summary>Outgoing mails, the newest first; never their text.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Before">The last one of the page before; null for the first page.</param>
/// <param name="Limit">At most so many, up to 500.</param>
[Permission(MailPermissions.Read)]
public sealed record ListMails(MailFilter Filter, MailKey? Before = null, int Limit = 50) : IQuery<IReadOnlyList<MailView>>;

/// <summary>One mail; null when there is none.</summary>
[Permission(MailPermissions.Read)]
public sealed record ReadMail(Guid Id) : IQuery<MailView?>;

/// <summary>Where a page of mails ends.</summary>
public sealed record MailKey(DateTimeOffset CreatedAt, Guid Id);

/// <summary>A mail as the office sees it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Kind">What it is about: <c>invitation</c>.</param>
/// <param name="Name">To whom; may be empty.</param>
/// <param name="Address">To which address.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="State">How far it came.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="CreatedBy">Who caused it.</param>
/// <param name="SendUntil">Later it is not sent.</param>
/// <param name="NextAttemptAt">Of a waiting one: not before.</param>
/// <param name="AttemptedAt">The latest attempt; null before the first.</param>
/// <param name="SettledAt">When it came to its present state; null while it waits.</param>
/// <param name="SettledBy">The person who decided; null when the server did.</param>
/// <param name="LastStep">How far the latest conversation came.</param>
/// <param name="LastFault">What ended it; null when the mail was taken.</param>
/// <param name="LastReply">The server's last words; null when it said nothing.</param>
public sealed record MailView(
    Guid Id,
    string Kind,
    string Name,
    string Address,
    string Subject,
    MailState State,
    int Attempts,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset SendUntil,
    DateTimeOffset NextAttemptAt,
    DateTimeOffset? AttemptedAt,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    SmtpStep? LastStep,
    SmtpFault? LastFault,
    string? LastReply
)
{
    /// <summary>Whether a person may have it sent (again).</summary>
    public bool CanBeSent => State is MailState.Waiting or MailState.Refused or MailState.Unknown;

    /// <summary>Whether a person may say that nobody needs it.</summary>
    public bool CanBeWithdrawn => State is MailState.Waiting or MailState.Refused or MailState.Unknown or MailState.Expired;
}

internal static class ListMailsHandler
{
    public static async Task<IReadOnlyList<MailView>> HandleAsync(ListMails query, OfficeDatabase database, CancellationToken ct) =>
        await MailRows.ReadAsync(database, query.Filter, query.Before, Math.Clamp(query.Limit, 1, PageWindow.Most + 1), ct).ToListAsync(ct);
}

internal static class ReadMailHandler
{
    public static async Task<MailView?> HandleAsync(ReadMail query, OfficeDatabase database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return (
            await connection.QuerySingleOrDefaultAsync<MailRows.Row>(
                new CommandDefinition($"select {MailRows.Columns} from mail.outgoing_mail m where m.id = @Id", query, cancellationToken: ct)
            )
        )?.ToView();
    }
}

/// <summary>Reads mails row by row as the database answers.</summary>
internal static class MailRows
{
    public const string Columns = """
        m.id as Id, m.kind as Kind, m.recipient_name as Name, m.recipient_address as Address, m.subject as Subject, m.state as State, m.attempts as Attempts, m.created_at as CreatedAt,
        m.created_by as CreatedBy, m.send_until as SendUntil, m.next_attempt_at as NextAttemptAt, m.attempted_at as AttemptedAt, m.settled_at as SettledAt, m.settled_by as SettledBy,
        m.last_step as LastStep, m.last_fault as LastFault, m.last_reply as LastReply
        """;

    /// <param name="database">Where.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">The edge of the page before; null: from the newest.</param>
    /// <param name="limit">Null: all.</param>
    /// <param name="ct">Cancels.</param>
    public static async IAsyncEnumerable<MailView> ReadAsync(
        OfficeDatabase database,
        MailFilter filter,
        MailKey? before,
        int? limit,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var where = filter.ToSql().When(before?.CreatedAt, "(m.created_at, m.id) < (@at, @id)", "at");
        where.Parameters.Add("id", before?.Id, System.Data.DbType.Guid);
        where.Parameters.Add("limit", limit, System.Data.DbType.Int32);
        await using var connection = await database.OpenConnectionAsync(ct);
        await foreach (
            var row in connection
                .QueryUnbufferedAsync<Row>(
                    $"select {Columns} from mail.outgoing_mail m where {where.Sql} order by m.created_at desc, m.id desc limit @limit",
                    where.Parameters
                )
                .WithCancellation(ct)
        )
            yield return row.ToView();
    }

    internal sealed class Row
    {
        public Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string Name { get; init; }
        public required string Address { get; init; }
        public required string Subject { get; init; }
        public required string State { get; init; }
        public int Attempts { get; init; }
        public DateTime CreatedAt { get; init; }
        public required string CreatedBy { get; init; }
        public DateTime SendUntil { get; init; }
        public DateTime NextAttemptAt { get; init; }
        public DateTime? AttemptedAt { get; init; }
        public DateTime? SettledAt { get; init; }
        public string? SettledBy { get; init; }
        public string? LastStep { get; init; }
        public string? LastFault { get; init; }
        public string? LastReply { get; init; }

        public MailView ToView() =>
            new(
                Id,
                Kind,
                Name,
                Address,
                Subject,
                EnumText.Parse<MailState>(State),
                Attempts,
                CreatedAt,
                CreatedBy,
                SendUntil,
                NextAttemptAt,
                AttemptedAt,
                SettledAt,
                SettledBy,
                LastStep is null ? null : EnumText.Parse<SmtpStep>(LastStep),
                LastFault is null ? null : EnumText.Parse<SmtpFault>(LastFault),
                LastReply
            );
    }
}
