using Association.Platform.Data;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Association.Architecture.Tests.Schema;

/// <summary>Holds a mapper against the database that the SQL files make: the two are written by hand and must not part.</summary>
internal static class SchemaComparison
{
    /// <summary>What is mapped otherwise than the database has it; empty when both agree.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(ModuleDbContext db, NpgsqlConnection connection)
    {
        var differences = new List<string>();
        foreach (var table in db.Model.GetRelationalModel().Tables)
        {
            var name = $"{table.Schema}.{table.Name}";
            var columns = await ReadAsync(connection, name);
            if (columns.Count == 0)
            {
                differences.Add($"{name} is mapped, but there is no such table");
                continue;
            }
            foreach (var mapped in table.Columns)
            {
                if (!columns.Remove(mapped.Name, out var column))
                    differences.Add($"{name}.{mapped.Name} is mapped, but there is no such column");
                else if (column.Type != mapped.StoreType)
                    differences.Add($"{name}.{mapped.Name} is {column.Type}, but mapped as {mapped.StoreType}");
                else if (column.Required == mapped.IsNullable)
                    differences.Add($"{name}.{mapped.Name} is {Nullability(column.Required)}, but mapped as {Nullability(!mapped.IsNullable)}");
            }
            differences.AddRange(
                columns.Values.Where(c => c is { Required: true, HasValue: false }).Select(c => $"{name}.{c.Name} must have a value, but is not mapped")
            );
        }
        return differences;
    }

    private static string Nullability(bool required) => required ? "not null" : "null";

    private static async Task<Dictionary<string, Column>> ReadAsync(NpgsqlConnection connection, string table)
    {
        var columns = await connection.QueryAsync<Column>(
            """
            select attname as Name, format_type(atttypid, atttypmod) as Type, attnotnull as Required,
                   atthasdef or attidentity <> '' or attgenerated <> '' or attnum < 0 as HasValue
              from pg_attribute where attrelid = to_regclass(@table) and not attisdropped
            """,
            new { table }
        );
        return columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
    }

    private sealed record Column(string Name, string Type, bool Required, bool HasValue);
}
