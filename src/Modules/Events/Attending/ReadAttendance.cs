using Association.Events.Attending.Model;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Npgsql;

namespace Association.Events.Attending;

/// <summary>Who has a seat at an event and who came, by name; null when there is no such event.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Search">Part of a name or an organisation; empty for all.</param>
[Permission(AttendingFeature.CheckIn)]
internal sealed record ReadAttendance(int Number, string Search = "") : IQuery<Attendance?>;

/// <summary>The answer.</summary>
/// <param name="Plan">Of the event.</param>
/// <param name="People">All that have a seat, or came.</param>
internal sealed record Attendance(EventPlan Plan, IReadOnlyList<AttendingPerson> People)
{
    public int Came => People.Count(p => p.CameAt is not null);
}

/// <summary>One of them.</summary>
/// <param name="Id">Of the registration.</param>
/// <param name="Name">Empty when the person was erased.</param>
/// <param name="Organisation">May be empty.</param>
/// <param name="Needs">Pools of which she has a seat.</param>
/// <param name="CameAt">When she was seen first; null while she was not.</param>
/// <param name="Scans">All that count, by time.</param>
internal sealed record AttendingPerson(
    RegistrationId Id,
    string Name,
    string Organisation,
    IReadOnlyList<Guid> Needs,
    DateTimeOffset? CameAt,
    IReadOnlyList<Scan> Scans
)
{
    /// <summary>
    /// Minutes at a part of the programme: by its own door; without a scan there by that of the event, unless she may have been elsewhere: she did not choose
    /// the part, or another one runs beside it.
    /// </summary>
    public int MinutesAt(Session part, EventPlan plan)
    {
        var own = Scans.Where(s => s.Session == part.Id).ToList();
        if (own.Count > 0)
            return Presence.Minutes(own, part.Starts.ToInstant(), part.Ends.ToInstant());
        var isChosen = part.Bookable && Needs.Contains(part.Id);
        var isAlone = plan.Sessions.All(s => s.Id == part.Id || s.Kind == SessionKind.Break || s.Ends <= part.Starts || s.Starts >= part.Ends);
        return isChosen || (!part.Bookable && isAlone)
            ? Presence.Minutes(OfDay(DateOnly.FromDateTime(part.Starts)), part.Starts.ToInstant(), part.Ends.ToInstant())
            : 0;
    }

    /// <summary>Minutes at the event: of each day those between its first and its last part, or of the whole day when there is no programme.</summary>
    public int MinutesAt(EventPlan plan)
    {
        var sum = 0;
        for (var day = plan.Day; day <= DateOnly.FromDateTime(plan.Ends); day = day.AddDays(1))
        {
            var parts = plan.Sessions.Where(s => DateOnly.FromDateTime(s.Starts) == day).ToList();
            if (parts.Count == 0 && plan.Sessions.Count > 0)
                continue;
            var from = parts.Count > 0 ? parts.Min(s => s.Starts) : Later(plan.Starts, day.ToDateTime(TimeOnly.MinValue));
            var to = parts.Count > 0 ? parts.Max(s => s.Ends) : Earlier(plan.Ends, day.AddDays(1).ToDateTime(TimeOnly.MinValue));
            sum += Presence.Minutes(OfDay(day), from.ToInstant(), to.ToInstant());
        }
        return sum;
    }

    // Who was not seen going out goes with the day: the next one begins at the door again.
    private IEnumerable<Scan> OfDay(DateOnly day) => Scans.Where(s => s.Session is null && s.At.ToBusinessDate() == day);

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}

internal static class ReadAttendanceHandler
{
    public static async Task<Attendance?> HandleAsync(ReadAttendance query, OfficeDatabase database, IQuerySession session, CancellationToken ct)
    {
        if (await session.FindAsync(query.Number, ct) is not { } plan)
            return null;
        await using var connection = await database.OpenConnectionAsync(ct);
        return new Attendance(plan, await PeopleAsync(connection, plan.Id, query.Search, ct));
    }

    /// <summary>By name.</summary>
    public static async Task<IReadOnlyList<AttendingPerson>> PeopleAsync(NpgsqlConnection connection, Guid id, string search, CancellationToken ct)
    {
        var scans = (
            await connection.QueryAsync<(Guid Registration, Guid? Session, string Kind, DateTime At)>(
                new CommandDefinition(
                    "select registration_id, session_id, kind, at from events.standing_check_in where event_id = @id order by at",
                    new { id },
                    cancellationToken: ct
                )
            )
        ).ToLookup(s => s.Registration, s => new Scan(s.Session, EnumText.Parse<CheckInKind>(s.Kind), new DateTimeOffset(s.At, TimeSpan.Zero)));
        var people = await connection.QueryAsync<(Guid Id, string? Name, string? Organisation, Guid[] Needs)>(
            new CommandDefinition(
                """
                select r.id, a.name, a.organisation, r.needs
                  from events.registration r left join events.attendee a on a.registration_id = r.id
                 where r.event_id = @id and (r.state = 'accepted' or exists (select from events.came c where c.registration_id = r.id))
                   and (@like = '%%' or platform.fold(concat_ws(' ', a.name, a.organisation)) like platform.fold(@like))
                 order by a.name collate "de-DE-x-icu", r.id
                """,
                new { id, like = $"%{SqlLike.Escape(search.Trim())}%" },
                cancellationToken: ct
            )
        );
        return
        [
            .. people.Select(p => new AttendingPerson(
                new(p.Id),
                p.Name ?? "",
                p.Organisation ?? "",
                p.Needs,
                scans[p.Id].Where(s => s.Kind == CheckInKind.Arrived).Select(s => (DateTimeOffset?)s.At).FirstOrDefault(),
                [.. scans[p.Id]]
            )),
        ];
    }
}
