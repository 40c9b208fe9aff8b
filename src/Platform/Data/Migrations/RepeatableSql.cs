using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Data.Migrations;

/// <summary>
/// A function or view with its whole text in one file, <c>Functions/name.sql</c>. Its first line counts the texts it had: <c>-- Revision 2</c>. Whoever changes
/// the text raises the number, so that an older release that starts later does not put the old text back.
/// </summary>
/// <param name="Name">Of the file, which is that of the function or view.</param>
/// <param name="Revision">Which of its texts this is.</param>
/// <param name="Sql">Replaces whatever there is: <c>create or replace …</c>.</param>
internal sealed partial record RepeatableSql(string Name, int Revision, string Sql)
{
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <exception cref="MigrationException">The first line is no revision.</exception>
    public static RepeatableSql Parse(string name, string sql) =>
        FirstLine().Match(sql) is { Success: true } line
            ? new RepeatableSql(name, int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture), sql)
            : throw new MigrationException($"Functions/{name}.sql does not begin with its revision. Make '-- Revision 1' its first line.");

    [GeneratedRegex(@"\A-- Revision ([1-9][0-9]{0,5})\n", RegexOptions.NonBacktracking)]
    private static partial Regex FirstLine();
}

/// <summary>Keeps a schema's functions and views at this release's texts; the migration runner calls it under its lock.</summary>
internal static class AppliedFunctions
{
    internal const string Table = "schema_functions";

    /// <summary>Replaces those that are older than this release's, in the order of their names, each in one transaction with its row.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="MigrationException">The database has one of a newer release, or this release changed one and left its number.</exception>
    public static async Task<int> ReplaceAsync(NpgsqlConnection connection, SchemaMigrations schema, ILogger log, CancellationToken ct)
    {
        var applied = await ReadAsync(connection, schema.Schema, ct);
        var carried = schema.Functions();
        Refuse(schema, carried, applied);
        var older = carried.Where(f => IsOlder(applied, f)).ToList();
        if (older.Count > 0)
            await ExecuteAsync(
                $"create table if not exists {schema.Schema}.{Table} (name text primary key, revision int not null, digest text not null, applied_at timestamptz not null)",
                null,
                null
            );
        foreach (var function in older)
        {
            log.LogInformation("Replacing {Schema}.{Function} by its revision {Revision}", schema.Schema, function.Name, function.Revision);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using (var command = new NpgsqlCommand(function.Sql, connection, transaction) { CommandTimeout = 0 })
                await command.ExecuteNonQueryAsync(ct);
            await ExecuteAsync(
                $"""
                insert into {schema.Schema}.{Table} (name, revision, digest, applied_at) values (@Name, @Revision, @Digest, now())
                on conflict (name) do update set revision = excluded.revision, digest = excluded.digest, applied_at = excluded.applied_at
                """,
                function,
                transaction
            );
            await transaction.CommitAsync(ct);
        }
        return older.Count;

        async Task ExecuteAsync(string sql, object? values, NpgsqlTransaction? transaction) =>
            await connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: ct));
    }

    /// <summary>Those that this release has newer than the database; a host that runs beside one of a newer release has none.</summary>
    public static async Task<IEnumerable<RepeatableSql>> PendingAsync(NpgsqlConnection connection, SchemaMigrations schema, CancellationToken ct)
    {
        var applied = await ReadAsync(connection, schema.Schema, ct);
        return schema.Functions().Where(f => IsOlder(applied, f));
    }

    private static bool IsOlder(Dictionary<string, (int Revision, string Digest)> applied, RepeatableSql function) =>
        !applied.TryGetValue(function.Name, out var row) || row.Revision < function.Revision;

    private static void Refuse(SchemaMigrations schema, IReadOnlyList<RepeatableSql> carried, Dictionary<string, (int Revision, string Digest)> applied)
    {
        foreach (var (name, row) in applied)
        {
            if (carried.FirstOrDefault(f => f.Name == name) is not { } function)
                throw Newer(schema, name);
            if (row.Revision > function.Revision)
                throw Newer(schema, $"revision {row.Revision} of {name}");
            if (row.Revision == function.Revision && row.Digest != function.Digest)
                throw new MigrationException($"{schema.Schema}/{name} was changed and is still revision {row.Revision}. Raise the number in its first line.");
        }
    }

    private static MigrationException Newer(SchemaMigrations schema, string what) =>
        new($"The schema {schema.Schema} was migrated by a newer release (it has {what}). Start that release, or restore the backup from before the upgrade.");

    private static async Task<Dictionary<string, (int Revision, string Digest)>> ReadAsync(NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        var exists = new CommandDefinition("select to_regclass(@t) is not null", new { t = $"{schema}.{Table}" }, cancellationToken: ct);
        if (!await connection.ExecuteScalarAsync<bool>(exists))
            return [];
        var rows = await connection.QueryAsync<(string Name, int Revision, string Digest)>(
            new CommandDefinition($"select name, revision, digest from {schema}.{Table}", cancellationToken: ct)
        );
        return rows.ToDictionary(r => r.Name, r => (r.Revision, r.Digest), StringComparer.Ordinal);
    }
}
