using System.Text.Json;
using Association.Platform.Data;
using Dapper;

namespace Association.Platform.Web.Audit;

/// <summary>One recorded change of a row.</summary>
/// <param name="At">When.</param>
/// <param name="Table"><c>schema.table</c>.</param>
/// <param name="Operation"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="UserName">Who.</param>
/// <param name="Reason">Why, when somebody said so.</param>
/// <param name="Changes">Column, old value, new value; null where there is none.</param>
public sealed record AuditEntry(
    DateTimeOffset At,
    string Table,
    string Operation,
    string UserName,
    string? Reason,
    IReadOnlyList<(string Column, string? Old, string? New)> Changes
);

/// <summary>Reads the history of rows; the page that shows it has checked the reader's permission.</summary>
public sealed class AuditTrail(OfficeDatabase database)
{
    /// <summary>The newest changes of these rows, newest first.</summary>
    /// <param name="rows">Table (<c>schema.table</c>) and primary key in text, a record's parts together.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<AuditEntry>> OfAsync(IReadOnlyCollection<(string Table, string Id)> rows, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var found = await connection.QueryAsync<Row>(
            new CommandDefinition(
                """
                select e.at, e.table_name as Table, e.operation, case when e.user_name = session_user then 'System' else e.user_name end as UserName, e.reason, e.changes::text as changes
                  from unnest(@tables, @ids) as r(table_name, row_id)
                  join platform.audit_entry e on e.table_name = r.table_name and e.row_id = r.row_id
                 order by e.id desc limit @limit
                """,
                new
                {
                    tables = rows.Select(r => r.Table).ToArray(),
                    ids = rows.Select(r => r.Id).ToArray(),
                    limit,
                },
                cancellationToken: ct
            )
        );
        return
        [
            .. found.Select(r => new AuditEntry(
                new DateTimeOffset(DateTime.SpecifyKind(r.At, DateTimeKind.Utc)),
                r.Table,
                r.Operation,
                r.UserName,
                r.Reason,
                Read(r.Changes)
            )),
        ];
    }

    private static List<(string, string?, string?)> Read(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        return [.. json.RootElement.EnumerateObject().Select(p => (p.Name, Text(p.Value[0]), Text(p.Value[1])))];
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };

    private sealed class Row
    {
        public DateTime At { get; init; }
        public string Table { get; init; } = "";
        public string Operation { get; init; } = "";
        public string UserName { get; init; } = "";
        public string? Reason { get; init; }
        public string Changes { get; init; } = "";
    }
}
