using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Data.Migrations;

/// <summary>One schema and the assembly that carries its numbered SQL files as embedded resources.</summary>
/// <param name="Schema">PostgreSQL schema; created when missing.</param>
/// <param name="Assembly">Carries <c>Data/Migrations/NNNN_title.sql</c> (or <c>Migrations/…</c>) as embedded resources, and beside them
/// <c>Functions/name.sql</c>: functions and views, each with its whole text in one place.</param>
/// <param name="Order">Schemas with a lower order come first; Platform is 0, modules 100.</param>
/// <param name="Folder">Where the files lie, when the assembly carries those of several schemas: <c>Operation</c>.</param>
public sealed record SchemaMigrations(string Schema, Assembly Assembly, int Order = 100, string Folder = "")
{
    /// <summary>Changes whenever a file is added or changed.</summary>
    public string Digest =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        ' ',
                        Read().Select(m => (m.Name, m.Digest)).Concat(Functions().Select(f => (f.Name, f.Digest))).Select(m => $"{Schema}/{m.Name}:{m.Digest}")
                    )
                )
            )
        );

    internal IReadOnlyList<Migration> Read() => [.. Files("Migrations").Select(f => new Migration(f.Name, f.Sql))];

    /// <summary>What is replaced as a whole when its text changed.</summary>
    internal IReadOnlyList<RepeatableSql> Functions() => [.. Files("Functions").Select(f => RepeatableSql.Parse(f.Name, f.Sql))];

    private IEnumerable<(string Name, string Sql)> Files(string kind)
    {
        var within = Folder.Length == 0 ? $".{kind}." : $".{Folder}.{kind}.";
        return Assembly
            .GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal) && n.Contains(within, StringComparison.Ordinal))
            .Select(n => (Name: n[(n.LastIndexOf($".{kind}.", StringComparison.Ordinal) + kind.Length + 2)..^".sql".Length], Sql: ReadText(n)))
            .OrderBy(f => f.Name, StringComparer.Ordinal);
    }

    private string ReadText(string resource)
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

/// <summary>A file that ran on a database.</summary>
/// <param name="Schema">PostgreSQL schema.</param>
/// <param name="Name"><c>0001_members</c>.</param>
/// <param name="Digest">SHA-256 of its text, in lower-case hexadecimal digits.</param>
public sealed record AppliedMigration(string Schema, string Name, string Digest);

internal sealed record Migration(string Name, string Sql)
{
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}

/// <summary>Brings every schema to the state that this release expects.</summary>
/// <remarks>
/// Several hosts may start at once: a database-wide advisory lock lets one work and the others wait. Each file runs in
/// a transaction of its own together with its row in <c>schema_migrations</c>. A file that was changed after it ran is refused.
/// Behind a schema's numbered files come its functions and views (<see cref="RepeatableSql"/>), those whose revision is newer than the database's.
/// </remarks>
public sealed class MigrationRunner(NpgsqlDataSource database, IEnumerable<SchemaMigrations> schemas, ILogger<MigrationRunner> log)
{
    internal const string Table = "schema_migrations";

    /// <summary>The tables in which this keeps what ran; a backup by tables has the list in its manifest instead.</summary>
    internal static readonly string[] OwnTables = [Table, AppliedFunctions.Table];

    private const long LockKey = 0x4153534f43; // "ASSOC"

    /// <summary>Runs what is missing.</summary>
    /// <returns>How many files ran.</returns>
    /// <exception cref="MigrationException">A file that already ran was changed, or the database was migrated by a newer release.</exception>
    public Task<int> MigrateAsync(CancellationToken ct) => MigrateAsync(state: null, ct);

    /// <summary>Brings an empty database to the state of an earlier release: exactly these files run.</summary>
    /// <exception cref="MigrationException">This release does not carry one of them, or carries it with another text.</exception>
    public async Task MigrateToAsync(IReadOnlyCollection<AppliedMigration> state, CancellationToken ct)
    {
        var carried = schemas.SelectMany(s => s.Read().Select(m => new AppliedMigration(s.Schema, m.Name, m.Digest))).ToHashSet();
        if (state.FirstOrDefault(m => !carried.Contains(m)) is { } unknown)
            throw new MigrationException($"{unknown.Schema}/{unknown.Name} is not a migration of this release: the data are of a newer one. Use that release.");
        await MigrateAsync(state.ToHashSet(), ct);
    }

    /// <summary>The files that ran on this database, in the order of schemas and names; none on an empty one.</summary>
    public async Task<IReadOnlyList<AppliedMigration>> AppliedAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var applied = new List<AppliedMigration>();
        foreach (var schema in schemas.OrderBy(s => s.Order))
            applied.AddRange(
                (await DoneAsync(connection, schema.Schema, ct))
                    .OrderBy(m => m.Key, StringComparer.Ordinal)
                    .Select(m => new AppliedMigration(schema.Schema, m.Key, m.Value))
            );
        return applied;
    }

    // With a state: its files and no others, and no functions, which fit this release's tables only; the next start brings both.
    private async Task<int> MigrateAsync(IReadOnlySet<AppliedMigration>? state, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@LockKey)", new { LockKey }, cancellationToken: ct));
        var ran = 0;
        try
        {
            foreach (var schema in schemas.OrderBy(s => s.Order))
            {
                ran += await MigrateAsync(connection, schema, state, ct);
                if (state is null)
                    ran += await AppliedFunctions.ReplaceAsync(connection, schema, log, ct);
            }
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
        if (ran > 0)
            await connection.ReloadTypesAsync(ct);
        return ran;
    }

    /// <summary>The files that this release carries and the database lacks, as <c>schema/name</c>.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var pending = new List<string>();
        foreach (var schema in schemas.OrderBy(s => s.Order))
        {
            var done = await DoneAsync(connection, schema.Schema, ct);
            pending.AddRange(schema.Read().Where(m => !done.ContainsKey(m.Name)).Select(m => $"{schema.Schema}/{m.Name}"));
            pending.AddRange((await AppliedFunctions.PendingAsync(connection, schema, ct)).Select(f => $"{schema.Schema}/{f.Name}"));
        }
        return pending;
    }

    private async Task<int> MigrateAsync(NpgsqlConnection connection, SchemaMigrations schema, IReadOnlySet<AppliedMigration>? state, CancellationToken ct)
    {
        await connection.ExecuteAsync(
            new CommandDefinition(
                $"""
                create schema if not exists {schema.Schema};
                create table if not exists {schema.Schema}.{Table}
                  (name text primary key, digest text not null, applied_at timestamptz not null default now());
                """,
                cancellationToken: ct
            )
        );
        var done = await DoneAsync(connection, schema.Schema, ct);
        var known = schema.Read();
        if (done.Keys.Except(known.Select(m => m.Name)).FirstOrDefault() is { } newer)
            throw new MigrationException(
                $"The schema {schema.Schema} was migrated by a newer release (it has {newer}). Start that release, or restore the backup from before the upgrade."
            );
        var ran = 0;
        foreach (var migration in known)
        {
            if (done.TryGetValue(migration.Name, out var digest))
            {
                if (digest != migration.Digest)
                    throw new MigrationException($"Migration {schema.Schema}/{migration.Name} was changed after it ran. Put the change into a new file.");
                continue;
            }
            if (state?.Contains(new AppliedMigration(schema.Schema, migration.Name, migration.Digest)) == false)
                continue;
            log.LogInformation("Migrating {Schema} to {Migration}", schema.Schema, migration.Name);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using (var command = new NpgsqlCommand(migration.Sql, connection, transaction) { CommandTimeout = 0 })
                await command.ExecuteNonQueryAsync(ct);
            await connection.ExecuteAsync(
                new CommandDefinition(
                    $"insert into {schema.Schema}.{Table} (name, digest) values (@Name, @Digest)",
                    migration,
                    transaction,
                    cancellationToken: ct
                )
            );
            await transaction.CommitAsync(ct);
            ran++;
        }
        return ran;
    }

    private static async Task<Dictionary<string, string>> DoneAsync(NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        if (
            await connection.ExecuteScalarAsync<string?>(
                new CommandDefinition("select to_regclass(@t)::text", new { t = $"{schema}.{Table}" }, cancellationToken: ct)
            )
            is null
        )
            return [];
        var rows = await connection.QueryAsync<(string Name, string Digest)>(
            new CommandDefinition($"select name, digest from {schema}.{Table}", cancellationToken: ct)
        );
        return rows.ToDictionary(r => r.Name, r => r.Digest, StringComparer.Ordinal);
    }
}

/// <summary>The database cannot be brought to this release's state; the message says why and what to do.</summary>
public sealed class MigrationException(string message) : Exception(message);
