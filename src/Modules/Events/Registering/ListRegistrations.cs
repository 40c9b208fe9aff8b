using Association.Events.Booking;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;
using Npgsql;

namespace Association.Events.Registering;

/// <summary>A page of an event's registrations, in the order in which they came, with how many there are in each state and how full it is.</summary>
/// <param name="Event">Whose.</param>
/// <param name="State">Null for all.</param>
/// <param name="After">Edge of the page before.</param>
/// <param name="Before">Edge of the page behind.</param>
/// <param name="Size">Rows a page.</param>
/// <param name="Only">This one alone; null for all.</param>
[Permission(BookingFeature.Read)]
internal sealed record ListRegistrations(
    EventId Event,
    RegistrationState? State = null,
    string? After = null,
    string? Before = null,
    int Size = 100,
    RegistrationId? Only = null
) : IQuery<RegistrationList>;

/// <summary>The answer.</summary>
/// <param name="Page">The rows.</param>
/// <param name="States">How many in each state.</param>
/// <param name="Pools">The event's own first.</param>
internal sealed record RegistrationList(ListPage<ListedRegistration> Page, IReadOnlyDictionary<RegistrationState, int> States, IReadOnlyList<FilledPool> Pools)
{
    public int Count => States.Values.Sum();
}

/// <summary>How full something is.</summary>
/// <param name="Id">Of the event, the session, the ticket.</param>
/// <param name="Kind">Which of them.</param>
/// <param name="Capacity">Null: as many as come.</param>
/// <param name="Taken">Seats that somebody has or is offered.</param>
internal sealed record FilledPool(PoolId Id, PoolKind Kind, int? Capacity, int Taken)
{
    /// <summary>Those of an event, its own first; none as long as no seats were planned.</summary>
    public static async Task<IReadOnlyList<FilledPool>> OfAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        [
            .. (
                await connection.QueryAsync<(Guid Pool, string Kind, int? Capacity, int Taken)>(
                    new CommandDefinition(
                        "select pool, kind, capacity, taken from events.seat_pool where event_id = @id order by kind <> 'event', kind, pool",
                        new { id },
                        cancellationToken: ct
                    )
                )
            ).Select(p => new FilledPool(new(p.Pool), EnumText.Parse<PoolKind>(p.Kind), p.Capacity, p.Taken)),
        ];
}

/// <summary>A row.</summary>
/// <param name="Id">Of the registration.</param>
/// <param name="Name">Empty when the person was erased.</param>
/// <param name="Organisation">May be empty.</param>
/// <param name="Email">May be empty.</param>
/// <param name="MemberNumber">As she typed it into the form; may be empty.</param>
/// <param name="Remark">What she wrote to the office: food, access; may be empty.</param>
/// <param name="Needs">Pools of which it takes a seat each.</param>
/// <param name="State">How far.</param>
/// <param name="Rank">How many wait before and with it, itself counted: 1 is the first; null when it does not wait.</param>
/// <param name="OfferedUntil">While a seat is offered.</param>
/// <param name="At">When it came.</param>
/// <param name="Why">The latest decision about it.</param>
internal sealed record ListedRegistration(
    RegistrationId Id,
    string Name,
    string Organisation,
    string Email,
    string MemberNumber,
    string Remark,
    IReadOnlyList<PoolId> Needs,
    RegistrationState State,
    int? Rank,
    DateTimeOffset? OfferedUntil,
    DateTimeOffset At,
    Reason Why
);

/// <summary>Why a registration stands as it stands, as its fact says.</summary>
/// <param name="Fact">Name of the fact: <c>registration-waits</c>.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Full">Pools that had not enough.</param>
/// <param name="Refused">Of a refusal.</param>
/// <param name="Cancelled">Of a cancellation.</param>
/// <param name="Cause">What made a seat free.</param>
/// <param name="CausedBy">Whose registration that was; null when nobody's, empty when the person was erased.</param>
internal sealed record Reason(
    string Fact,
    DateTimeOffset At,
    IReadOnlyList<PoolId> Full,
    RefusalReason? Refused,
    CancelReason? Cancelled,
    CauseKind? Cause,
    string? CausedBy
);

internal static class ListRegistrationsHandler
{
    private static readonly ListOrder Order = new(
        "at",
        [new("(extract(epoch from r.registered_at) * 1000)::bigint", "bigint"), new("r.id", "uuid")],
        Descending: false
    );

    public static async Task<RegistrationList> HandleAsync(ListRegistrations query, OfficeDatabase database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var id = new { id = query.Event.Value };
        var states = await connection.QueryAsync<(string State, int Count)>(
            new CommandDefinition("select state, count(*)::int from events.registration where event_id = @id group by state", id, cancellationToken: ct)
        );
        var window = PageWindow.At(Order, query.After, query.Before, query.Size);
        var where = window.Within(
            new SqlConditions(id)
                .And("r.event_id = @id")
                .When(query.State is { } state ? EnumText.Of(state) : null, "r.state = @state", "state")
                .When(query.Only?.Value, "r.id = @only", "only")
        );
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                $"""
                select r.id, r.needs, r.state, w.rank, r.offered_until as OfferedUntil, r.registered_at as At, e.type as Fact,
                       (e.data ->> 'at')::timestamptz as DecidedAt, e.data ->> 'reason' as Reason, e.data -> 'because' ->> 'kind' as Cause,
                       array(select jsonb_array_elements_text(e.data -> 'full')::uuid) as "Full", c.id is not null as IsCaused, by.name as CausedBy,
                       a.name, a.organisation, a.email, f.member_number as MemberNumber, f.remark, {window.EdgeSql} as Edge
                  from events.registration r
                  join events.mt_events e on e.stream_id = r.event_id and e.version = r.fact
                  left join events.attendee a on a.registration_id = r.id
                  left join events.attendee_form f on f.registration_id = r.id
                  left join events.registration c on c.id = (e.data -> 'because' -> 'registrations' ->> 0)::uuid
                  left join events.attendee by on by.registration_id = c.id
                  left join (select id, dense_rank() over (order by place)::int as rank from events.registration where event_id = @id and state = 'waiting') w
                    on w.id = r.id
                 where {where.Sql} order by {window.OrderSql} limit @limit
                """,
                where.Parameters,
                cancellationToken: ct
            )
        );
        return new RegistrationList(
            window.Cut([.. rows], r => r.Edge).Of(r => r.Listed),
            states.ToDictionary(s => EnumText.Parse<RegistrationState>(s.State), s => s.Count),
            await FilledPool.OfAsync(connection, query.Event.Value, ct)
        );
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public required Guid[] Needs { get; init; }
        public required string State { get; init; }
        public int? Rank { get; init; }
        public DateTimeOffset? OfferedUntil { get; init; }
        public DateTimeOffset At { get; init; }
        public required string Fact { get; init; }
        public DateTimeOffset DecidedAt { get; init; }
        public string? Reason { get; init; }
        public string? Cause { get; init; }
        public required Guid[] Full { get; init; }
        public bool IsCaused { get; init; }
        public string? CausedBy { get; init; }
        public string? Name { get; init; }
        public string? Organisation { get; init; }
        public string? Email { get; init; }
        public string? MemberNumber { get; init; }
        public string? Remark { get; init; }
        public required string[] Edge { get; init; }

        public ListedRegistration Listed =>
            new(
                new(Id),
                Name ?? "",
                Organisation ?? "",
                Email ?? "",
                MemberNumber ?? "",
                Remark ?? "",
                [.. Needs.Select(PoolId.From)],
                EnumText.Parse<RegistrationState>(State),
                Rank,
                OfferedUntil,
                At,
                new Reason(
                    Fact,
                    DecidedAt,
                    [.. Full.Select(PoolId.From)],
                    Fact == "registration-refused" ? Enum.Parse<RefusalReason>(Reason!) : null,
                    Fact == "registration-cancelled" ? Enum.Parse<CancelReason>(Reason!) : null,
                    Cause is null ? null : Enum.Parse<CauseKind>(Cause),
                    IsCaused ? CausedBy ?? "" : null
                )
            );
    }
}
