using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Dapper;
using Marten;

namespace Association.Events.Attending.Door;

/// <summary>Whose ticket it is that a camera read; null when it is nobody's. Changes nothing.</summary>
[Permission(AttendingFeature.CheckIn)]
internal sealed record ReadTicket(string Code) : IQuery<ScannedTicket?>;

/// <summary>A ticket.</summary>
/// <param name="Registration">Whose.</param>
/// <param name="Name">Empty when the person was erased.</param>
/// <param name="Organisation">May be empty.</param>
/// <param name="Plan">Of the event.</param>
/// <param name="Since">When she was seen first; null while she was not.</param>
internal sealed record ScannedTicket(RegistrationId Registration, string Name, string Organisation, EventPlan Plan, DateTimeOffset? Since);

internal static class ReadTicketHandler
{
    public static async Task<ScannedTicket?> HandleAsync(ReadTicket query, OfficeDatabase database, IQuerySession session, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<(Guid Id, Guid Event, string Name, string Organisation, DateTime? Since)?>(
            new CommandDefinition(
                """
                select r.id, r.event_id, a.name, a.organisation, c.first_at
                  from events.ticket_code t join events.registration r on r.id = t.registration_id join events.attendee a on a.registration_id = r.id
                  left join events.came c on c.registration_id = r.id
                 where t.code = @code
                """,
                new { code = TicketCodes.Tidy(query.Code) },
                cancellationToken: ct
            )
        );
        return row is { } found && await session.LoadAsync<EventPlan>(found.Event, ct) is { } plan
            ? new ScannedTicket(new(found.Id), found.Name, found.Organisation, plan, found.Since is { } since ? new DateTimeOffset(since, TimeSpan.Zero) : null)
            : null;
    }
}
