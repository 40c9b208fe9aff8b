using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.Today.Digests;

/// <summary>On which days people get <em>Heute</em> by mail.</summary>
internal sealed class DigestDays(OfficeDatabase database)
{
    /// <summary>Those between which a person chooses.</summary>
    public static readonly IReadOnlyList<DayOfWeek> All = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>What holds for whoever did not choose: the board, which opens the office only when something waits for it, is told on Mondays.</summary>
    public static IReadOnlyList<DayOfWeek> DefaultOf(string role) => role == Roles.Board ? [DayOfWeek.Monday] : [];

    /// <summary>Who chose what; who did not is missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<DayOfWeek>>> ChosenAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(Guid Person, short[] Days)>(
            new CommandDefinition("select person_id, days from today.digest_days", cancellationToken: ct)
        );
        return rows.ToDictionary(r => r.Person, r => (IReadOnlyList<DayOfWeek>)[.. r.Days.Select(d => (DayOfWeek)d)]);
    }
}
