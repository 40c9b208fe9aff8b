using Association.Events.Attending.Model;
using Association.Events.Contracts;
using Association.Events.Planning;
using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Attending.Door;

/// <summary>What a phone or a person at the door notes. Sent again with the same id, it is the same.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Id">Made where it was scanned.</param>
/// <param name="Code">On the ticket; empty when the name was found in the list.</param>
/// <param name="Session">Null: the door of the event.</param>
/// <param name="Kind">In or out.</param>
/// <param name="At">When; null: now.</param>
/// <param name="Registration">Whom somebody at the door found in the list; null: the code says it.</param>
[Permission(AttendingFeature.CheckIn)]
internal sealed record CheckIn(
    int Number,
    Guid Id,
    string Code,
    Guid? Session = null,
    CheckInKind Kind = CheckInKind.Arrived,
    DateTimeOffset? At = null,
    RegistrationId? Registration = null
) : ICommand;

/// <summary>What the door says.</summary>
/// <param name="Result">In, or why not.</param>
/// <param name="Registration">Whose ticket; null when it is nobody's.</param>
/// <param name="Name">Empty when the person was erased, or nobody has the ticket.</param>
/// <param name="Since">When she was seen first, when she is there already.</param>
public sealed record DoorAnswer(DoorResult Result, RegistrationId? Registration, string Name, DateTimeOffset? Since = null);

/// <summary>What became of a scan.</summary>
public enum DoorResult
{
    /// <summary>Noted.</summary>
    Noted,

    /// <summary>She is there already: the ticket was scanned before. It was noted all the same, and counts as one coming.</summary>
    AlreadyThere,

    /// <summary>Nobody has this ticket.</summary>
    Unknown,

    /// <summary>A ticket of another event.</summary>
    OtherEvent,

    /// <summary>She cancelled, or was cancelled.</summary>
    Cancelled,

    /// <summary>She waits, or did not take the offered seat yet: she has no seat.</summary>
    NoSeat,

    /// <summary>She did not choose this part.</summary>
    OtherSession,
}

internal static class CheckInHandler
{
    /// <summary>So long before the first minute the door may open, and so long behind the last one what was forgotten is noted.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromHours(12);

    /// <inheritdoc cref="Early"/>
    public static readonly TimeSpan Late = TimeSpan.FromDays(7);

    /// <summary>A phone whose clock is so far ahead is wrong.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    public static Task<EventPlan?> LoadAsync(CheckIn command, IDocumentSession session, CancellationToken ct) => session.FindAsync(command.Number, ct);

    public static Problem? Validate(
        CheckIn command,
        EventPlan? plan,
        TimeProvider clock,
        IStringLocalizer<EventTexts> planned,
        IStringLocalizer<AttendingTexts> texts
    )
    {
        var now = clock.GetUtcNow();
        return plan switch
        {
            null => new("", planned["Problem.Gone"]),
            { Stage: not EventStage.Published } => new("", texts["Problem.NotPublished"]),
            _ when now < plan.Starts.ToInstant() - Early => new("", texts["Problem.TooEarly"]),
            _ when now > plan.Ends.ToInstant() + Late => new("", texts["Problem.TooLate", new Count((int)Late.TotalDays)]),
            _ when command.Id == Guid.Empty => new("", texts["Problem.NoId"]),
            _ when !Enum.IsDefined(command.Kind) => new(nameof(command.Kind), texts["Problem.NoId"]),
            _ when command.At is { } at && (at > now + Ahead || at < plan.Starts.ToInstant() - Early) => new(nameof(command.At), texts["Problem.Clock"]),
            _ when command.Session is { } part && plan.Sessions.All(s => s.Id != part) => new(nameof(command.Session), texts["Problem.Session"]),
            _ => null,
        };
    }

    public static async Task<DoorAnswer> HandleAsync(
        CheckIn command,
        EventPlan plan,
        IUnitOfWork unit,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (await FindAsync(command, unit, ct) is not { } ticket)
            return new(DoorResult.Unknown, null, "");
        var id = new RegistrationId(ticket.Id);
        if (Obstacle(ticket, command, plan) is { } obstacle)
            return new(obstacle, id, ticket.Name);
        // The row of the registration was locked: of two doors that scan one ticket at once the second finds what the first noted.
        var before = (
            await unit.Connection.QueryAsync<(Guid Id, string Kind, DateTime At)>(
                new CommandDefinition(
                    """
                    select id, kind, at from events.standing_check_in
                     where registration_id = @Id and session_id is not distinct from @Session order by at desc, kind desc
                    """,
                    new { ticket.Id, command.Session },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        if (before.Any(b => b.Id == command.Id))
            return new(DoorResult.Noted, id, ticket.Name);
        // A second coming is noted as well: when another phone brings later that she had gone in between, she counts as there again.
        DateTimeOffset? since =
            command.Kind == CheckInKind.Arrived && before is [{ Kind: "arrived" }, ..] ? new DateTimeOffset(before[0].At, TimeSpan.Zero) : null;
        var now = clock.GetUtcNow();
        var written = await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into events.check_in values (@Id, @Event, @registration, @Session, @kind, @at, @now, @by) on conflict (id) do nothing
                """,
                new
                {
                    command.Id,
                    Event = plan.Id,
                    registration = ticket.Id,
                    command.Session,
                    kind = EnumText.Of(command.Kind),
                    at = command.At?.ToUniversalTime() ?? now,
                    now,
                    by = user.Actor.Name,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        // The id of another scan: nothing is written over it.
        return written == 1 && since is null ? new(DoorResult.Noted, id, ticket.Name) : new(DoorResult.AlreadyThere, id, ticket.Name, since);
    }

    private static DoorResult? Obstacle(Ticket ticket, CheckIn command, EventPlan plan) =>
        ticket.Event != plan.Id
            ? DoorResult.OtherEvent
            : ticket.State switch
            {
                "accepted" => command.Session is { } part && plan.Bookable.Any(s => s.Id == part) && !ticket.Needs.Contains(part)
                    ? DoorResult.OtherSession
                    : null,
                "waiting" or "offered" => DoorResult.NoSeat,
                _ => DoorResult.Cancelled,
            };

    private static Task<Ticket?> FindAsync(CheckIn command, IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.QuerySingleOrDefaultAsync<Ticket>(
            new CommandDefinition(
                """
                select r.id, r.event_id as Event, r.state, r.needs, coalesce(a.name, '') as Name
                  from events.registration r left join events.attendee a on a.registration_id = r.id left join events.ticket_code t on t.registration_id = r.id
                 where case when @id::uuid is not null then r.id = @id else t.code = @code end for update of r
                """,
                new { id = command.Registration?.Value, code = TicketCodes.Tidy(command.Code) },
                unit.Transaction,
                cancellationToken: ct
            )
        );

    private sealed class Ticket
    {
        public Guid Id { get; init; }
        public Guid Event { get; init; }
        public required string State { get; init; }
        public required Guid[] Needs { get; init; }
        public required string Name { get; init; }
    }
}

/// <summary>A scan was a mistake. A second time changes nothing.</summary>
[Permission(AttendingFeature.CheckIn)]
internal sealed record UndoCheckIn(int Number, RegistrationId Registration) : ICommand;

internal static class UndoCheckInHandler
{
    /// <summary>All that was noted at the door of the event; the parts of the programme stay.</summary>
    public static Task HandleAsync(UndoCheckIn command, IUnitOfWork unit, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into events.check_in_undone
                select c.id, @now, @by from events.standing_check_in c join events.mt_doc_eventplan d on d.id = c.event_id
                 where c.registration_id = @registration and d.number = @Number and c.session_id is null
                on conflict do nothing
                """,
                new
                {
                    registration = command.Registration.Value,
                    command.Number,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
