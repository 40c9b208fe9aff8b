using Association.Events.Booking.Acting;
using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Planning.Model;
using Association.Events.Registering.Form;
using Association.Events.Registering.Mails;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering.Own;

/// <summary>What a personal link opens; null for one that is unknown or over. Changes nothing, however often it is asked.</summary>
[AnyoneMay("Whoever holds the link registered, or was mailed it; it has 256 random bits.")]
internal sealed record ReadOwnRegistration(string? Key) : IQuery<OwnRegistration?>;

/// <summary>A registration as the person herself sees it.</summary>
/// <param name="Plan">Of the event; with the link for taking part when there is a seat, and without what is the office's alone.</param>
/// <param name="Name">Whose.</param>
/// <param name="Needs">Pools of which it takes a seat each.</param>
/// <param name="State">How far.</param>
/// <param name="Rank">How many wait before and with it, itself counted; null when it does not wait.</param>
/// <param name="OfferedUntil">While a seat is offered.</param>
/// <param name="Fact">Name of the latest fact about it: <c>registration-promoted</c>.</param>
/// <param name="Full">Pools that had not enough.</param>
/// <param name="Price">What the seat costs; zero when it is free.</param>
/// <param name="Bill">Of whoever registered: the bill on which the seat stands; null for who was registered by another, and without one.</param>
/// <param name="Code">At the door; null without a seat, and before anybody asked for the ticket.</param>
/// <param name="Language">Of the ticket.</param>
internal sealed record OwnRegistration(
    EventPlan Plan,
    string Name,
    IReadOnlyList<PoolId> Needs,
    RegistrationState State,
    int? Rank,
    DateTimeOffset? OfferedUntil,
    string Fact,
    IReadOnlyList<PoolId> Full,
    Money Price,
    ChargeId? Bill,
    string? Code,
    string Language
)
{
    /// <summary>Whether there is something to cancel.</summary>
    public bool IsLive => State is RegistrationState.Accepted or RegistrationState.Waiting or RegistrationState.Offered;
}

internal static class ReadOwnRegistrationHandler
{
    public static async Task<OwnRegistration?> HandleAsync(
        ReadOwnRegistration query,
        OfficeDatabase database,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        await RowAsync(query.Key, database, clock, ct) is { } row && await session.LoadAsync<EventPlan>(row.Event, ct) is { } plan
            ? new OwnRegistration(
                plan with
                {
                    Checklist = [],
                    OnlineLink = row.Stands == RegistrationState.Accepted ? plan.OnlineLink : "",
                },
                row.Name,
                [.. row.Needs.Select(PoolId.From)],
                row.Stands,
                row.Rank,
                row.OfferedUntil,
                row.Fact,
                [.. row.Full.Select(PoolId.From)],
                new Money(row.Price),
                row.Bill is { } bill ? new ChargeId(bill) : null,
                row.Stands == RegistrationState.Accepted ? row.Code : null,
                row.Language
            )
            : null;

    private static async Task<Row?> RowAsync(string? key, OfficeDatabase database, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await RegistrationMails.Links.FindAsync(connection, key, clock.GetUtcNow(), ct) is { } id
            ? await connection.QuerySingleOrDefaultAsync<Row>(
                new CommandDefinition(
                    $"""
                    select r.event_id as Event, a.name, r.needs, r.state, r.offered_until as OfferedUntil, e.type as Fact,
                           array(select jsonb_array_elements_text(e.data -> 'full')::uuid) as "Full",
                           case when r.state = 'waiting' then {RegistrationMails.RankOfR} end as Rank, coalesce(p.amount, 0) as Price,
                           case when r.id = r.group_id then b.bill_id end as Bill, t.code, a.language
                      from events.registration r
                      join events.attendee a on a.registration_id = r.id
                      join events.mt_events e on e.stream_id = r.event_id and e.version = r.fact
                      left join events.fee p on p.registration_id = r.id left join events.billed b on b.registration_id = r.id
                      left join events.ticket_code t on t.registration_id = r.id
                     where r.id = @id
                    """,
                    new { id },
                    cancellationToken: ct
                )
            )
            : null;
    }

    private sealed class Row
    {
        public Guid Event { get; init; }
        public required string Name { get; init; }
        public required Guid[] Needs { get; init; }
        public required string State { get; init; }
        public int? Rank { get; init; }
        public DateTimeOffset? OfferedUntil { get; init; }
        public required string Fact { get; init; }
        public required Guid[] Full { get; init; }
        public decimal Price { get; init; }
        public Guid? Bill { get; init; }
        public string? Code { get; init; }
        public required string Language { get; init; }

        public RegistrationState Stands => EnumText.Parse<RegistrationState>(State);
    }
}

/// <summary>The person does not come. Who waits moves up in the same transaction; a second time changes nothing.</summary>
/// <param name="Key">The secret of the link.</param>
[AnyoneMay("Whoever holds the link registered, or was mailed it; it has 256 random bits.")]
internal sealed record CancelOwnRegistration(string? Key) : ICommand;

internal static class CancelOwnRegistrationHandler
{
    public static Task<OpenedRegistration?> LoadAsync(
        CancelOwnRegistration command,
        IDocumentSession session,
        IUnitOfWork unit,
        TimeProvider clock,
        CancellationToken ct
    ) => OpenedRegistration.FindAsync(command.Key, session, unit, clock, ct);

    public static Problem? Validate(CancelOwnRegistration _, OpenedRegistration? opened, TimeProvider clock, IStringLocalizer<RegisterTexts> texts) =>
        OpenedRegistration.Obstacle(opened, clock, texts);

    public static async Task<OutgoingMessages> HandleAsync(
        CancelOwnRegistration _,
        OpenedRegistration opened,
        BookKeeper keeper,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    )
    {
        var cancel = new CancelRegistrations(opened.Plan.EventId, [opened.Registration], CancelReason.ByPerson);
        return (await keeper.AnswerAsync(cancel, unit, session, ct)).Item2;
    }
}
