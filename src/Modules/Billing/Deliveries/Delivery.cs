using Association.Billing.Data;
using Association.Platform.Data;
using Association.Platform.Mail.Smtp;
using Dapper;

namespace Association.Billing.Deliveries;

/// <summary>How a document leaves.</summary>
public enum DeliveryRoute
{
    /// <summary>As an attachment.</summary>
    Mail,

    /// <summary>In an envelope.</summary>
    Paper,

    /// <summary>By other means: by hand, or before the office sent documents.</summary>
    Other,
}

/// <summary>How far a document came on its way.</summary>
public enum DeliveryState
{
    /// <summary>It lies in the outgoing mail, or in a print batch.</summary>
    HandedOver,

    /// <summary>The recipient's server took it.</summary>
    Accepted,

    /// <summary>It was told to the server, and nobody knows whether it took it; a person decides in the outgoing mail.</summary>
    Unknown,

    /// <summary>The server does not take it.</summary>
    Refused,

    /// <summary>It could not be sent in time, or it came back.</summary>
    Undeliverable,

    /// <summary>It was taken back before it left, or what was noted about it was.</summary>
    Withdrawn,

    /// <summary>A person noted that the member has it.</summary>
    Given,

    /// <summary>It is on paper.</summary>
    Printed,

    /// <summary>It was given to the carrier.</summary>
    Posted,
}

/// <summary>The proof of one way of one document.</summary>
/// <param name="Number">Of the document.</param>
/// <param name="File">The bytes that went.</param>
/// <param name="Route">How.</param>
/// <param name="Attempt">1, 2, … by mail.</param>
/// <param name="State">How far it came.</param>
/// <param name="At">When it was handed over.</param>
/// <param name="By">By whom.</param>
/// <param name="Recipient">To which address; of what was given otherwise, how.</param>
/// <param name="StateAt">Since when it is in this state.</param>
/// <param name="NotedBy">Who noted that; null when the server said it.</param>
/// <param name="LastStep">How far the conversation with the server came; null on paper and before the first.</param>
/// <param name="LastFault">What ended it; null when the mail was taken.</param>
/// <param name="Answer">The server's last words; null when there are none.</param>
/// <param name="Batch">Number of the print batch; null by another way.</param>
/// <param name="GivenOn">The day on which the member got it otherwise; null by mail and on paper.</param>
public sealed record Delivery(
    string Number,
    Guid File,
    DeliveryRoute Route,
    int Attempt,
    DeliveryState State,
    DateTimeOffset At,
    string By,
    string Recipient,
    DateTimeOffset StateAt,
    string? NotedBy,
    SmtpStep? LastStep,
    SmtpFault? LastFault,
    string? Answer,
    int? Batch,
    DateOnly? GivenOn
)
{
    /// <summary>Whether the mail came to nothing, so that paper takes its place.</summary>
    public bool Failed => State is DeliveryState.Refused or DeliveryState.Undeliverable;
}

/// <summary>Reads proofs.</summary>
internal static class DeliveryProofs
{
    /// <param name="db">Where.</param>
    /// <param name="which">A condition on <c>d</c> (billing.delivery) and <c>a</c> (its account).</param>
    /// <param name="parameters">Of the condition.</param>
    /// <param name="limit">At most so many, the newest first.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<Delivery>> ReadAsync(BillingDb db, string which, object parameters, int limit, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                $"""
                select coalesce(i.number, l.number) as Number, d.archive_file_id as File, d.route, d.attempt, d.state, d.at, d.by, d.recipient, d.state_at as StateAt,
                       d.noted_by as NotedBy, d.last_step as LastStep, d.last_fault as LastFault, d.last_reply as Answer, d.batch, d.given_on as GivenOn
                  from billing.delivery d join billing.account a on a.id = d.account_id
                  left join billing.invoice i on i.id = d.document_id left join billing.letter l on l.id = d.document_id
                 where {which} order by d.at desc, 1, d.route, d.attempt desc limit {limit}
                """,
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => r.ToDelivery())];
    }

    private sealed class Row
    {
        public required string Number { get; init; }
        public Guid File { get; init; }
        public required string Route { get; init; }
        public int Attempt { get; init; }
        public required string State { get; init; }
        public DateTime At { get; init; }
        public required string By { get; init; }
        public required string Recipient { get; init; }
        public DateTime StateAt { get; init; }
        public string? NotedBy { get; init; }
        public string? LastStep { get; init; }
        public string? LastFault { get; init; }
        public string? Answer { get; init; }
        public int? Batch { get; init; }
        public DateOnly? GivenOn { get; init; }

        public Delivery ToDelivery() =>
            new(
                Number,
                File,
                EnumText.Parse<DeliveryRoute>(Route),
                Attempt,
                EnumText.Parse<DeliveryState>(State),
                At,
                By,
                Recipient,
                StateAt,
                NotedBy,
                LastStep is null ? null : EnumText.Parse<SmtpStep>(LastStep),
                LastFault is null ? null : EnumText.Parse<SmtpFault>(LastFault),
                Answer,
                Batch,
                GivenOn
            );
    }
}
