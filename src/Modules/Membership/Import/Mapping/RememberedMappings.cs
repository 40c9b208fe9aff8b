using System.Text.Json;
using Association.Membership.Data;
using Dapper;

namespace Association.Membership.Import.Mapping;

/// <summary>What people said about lists of a shape before.</summary>
internal static class RememberedMappings
{
    public static async Task<MappingChoices> ReadAsync(MembershipDb db, string fingerprint, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var found = await connection.QuerySingleOrDefaultAsync<(string Columns, string Categories)?>(
            new CommandDefinition(
                "select columns::text, categories::text from membership.import_mapping where fingerprint = @fingerprint",
                new { fingerprint },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return found is { } row ? new MappingChoices(Read(row.Columns), Read(row.Categories)) : MappingChoices.None;
    }

    /// <summary>Keeps every column and every word whose meaning is known, so that the next list of this shape needs no question.</summary>
    public static async Task LearnAsync(MembershipDb db, string fingerprint, ListMapping mapping, DateTimeOffset at, string by, CancellationToken ct)
    {
        var columns = mapping
            .Columns.Where(c => c.Source != MappingSource.Unknown)
            .GroupBy(c => Reading.ListTable.ColumnName(c.Header) is { Length: > 0 } name ? name : c.Letter)
            .ToDictionary(g => g.Key, g => g.First().Field.ToString());
        var categories = mapping.Categories.Where(c => c.Code is not null).ToDictionary(c => c.Word, c => c.Code!);
        if (mapping.DefaultCategory is { } code)
            categories["*"] = code;
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.import_mapping as m (fingerprint, columns, categories, learned_at, learned_by)
                  values (@fingerprint, @columns::jsonb, @categories::jsonb, @at, @by)
                on conflict (fingerprint) do update set columns = excluded.columns, categories = m.categories || excluded.categories,
                  learned_at = excluded.learned_at, learned_by = excluded.learned_by
                """,
                new
                {
                    fingerprint,
                    columns = JsonSerializer.Serialize(columns),
                    categories = JsonSerializer.Serialize(categories),
                    at,
                    by,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    public static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
}
