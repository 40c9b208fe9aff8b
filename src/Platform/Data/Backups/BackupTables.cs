using System.IO.Compression;
using Association.Platform.Data.Migrations;
using Dapper;
using Npgsql;

namespace Association.Platform.Data.Backups;

/// <summary>
/// A backup without any program but the server: every table by COPY. The schema is not in it, because the migrations that it names build the same one; so it
/// may be restored on a newer PostgreSQL, too.
/// </summary>
internal static class BackupTables
{
    /// <summary>Packs all tables of the product's schemas, as the transaction sees them.</summary>
    public static async Task<IReadOnlyList<BackupTable>> WriteAsync(
        NpgsqlConnection connection,
        ZipArchive zip,
        IReadOnlyCollection<string> schemas,
        Func<string, string, bool> keeps,
        CancellationToken ct
    )
    {
        var written = new List<BackupTable>();
        foreach (var (schema, name, columns) in await TablesAsync(connection, schemas, ct))
        {
            if (!keeps(schema, name))
                continue;
            var rows = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition($"select count(*) from {Quoted(schema, name)}", commandTimeout: 0, cancellationToken: ct)
            );
            await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {Quoted(schema, name)} ({Listed(columns)}) to stdout (format binary)", ct);
            var entry = await BackupFile.AddAsync(zip, $"tables/{schema}.{name}", copy, CompressionLevel.Fastest, ct);
            written.Add(new BackupTable(schema, name, columns, rows, entry));
        }
        return written;
    }

    /// <summary>Where the sequences stand; asked after the rows, because numbers go on being drawn.</summary>
    public static async Task<IReadOnlyList<BackupSequence>> SequencesAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> schemas,
        CancellationToken ct
    ) =>
        (
            await connection.QueryAsync<BackupSequence>(
                new CommandDefinition(
                    """
                    select schemaname as Schema, sequencename as Name, last_value as LastValue from pg_sequences
                     where schemaname = any(@schemas) and last_value is not null order by 1, 2
                    """,
                    new { schemas },
                    cancellationToken: ct
                )
            )
        ).AsList();

    /// <summary>
    /// Loads all tables into the schema of the same migrations, in one transaction: whatever fails or dies leaves the database as it was. Triggers are silent
    /// meanwhile, since what they would write or refuse is in the rows; foreign keys are taken off and checked again when they return.
    /// </summary>
    /// <exception cref="BackupException">The schema has not the tables and columns of the backup.</exception>
    public static async Task LoadAsync(NpgsqlConnection connection, BackupFile file, Func<string, string, bool> keeps, CancellationToken ct)
    {
        var tables = file.Manifest.Tables.Where(t => keeps(t.Schema, t.Name)).ToList();
        var schemas = tables.Select(t => t.Schema).Distinct().ToList();
        var present = (await TablesAsync(connection, schemas, ct)).ToDictionary(t => (t.Schema, t.Name), t => t.Columns);
        foreach (var table in tables)
            if (!present.TryGetValue((table.Schema, table.Name), out var columns) || table.Columns.Except(columns).Any())
                throw new BackupException(
                    $"The backup's table {table.Schema}.{table.Name} does not fit the schema that this release builds. Restore it with the release that wrote it."
                );

        await using var transaction = await connection.BeginTransactionAsync(ct);
        var keys = (
            await connection.QueryAsync<(string Table, string Name, string Definition)>(
                new CommandDefinition(
                    """
                    select k.conrelid::regclass::text, quote_ident(k.conname), pg_get_constraintdef(k.oid) from pg_constraint k
                      join pg_class c on c.oid = k.conrelid join pg_namespace s on s.oid = c.relnamespace
                     where k.contype = 'f' and s.nspname = any(@schemas)
                    """,
                    new { schemas },
                    cancellationToken: ct
                )
            )
        ).AsList();
        await ExecuteAsync(keys.Select(k => $"alter table {k.Table} drop constraint {k.Name}"));
        await ExecuteAsync(tables.Select(t => $"alter table {Quoted(t.Schema, t.Name)} disable trigger user"));
        await ExecuteAsync([$"truncate {string.Join(", ", tables.Select(t => Quoted(t.Schema, t.Name)))}"]); // a migration may have written first rows
        foreach (var table in tables)
            await LoadAsync(connection, file, table, ct);
        await ExecuteAsync(keys.Select(k => $"alter table {k.Table} add constraint {k.Name} {k.Definition}"));
        await ExecuteAsync(tables.Select(t => $"alter table {Quoted(t.Schema, t.Name)} enable trigger user"));
        foreach (var sequence in file.Manifest.Sequences)
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "select setval(@sequence::regclass, @value)",
                    new { sequence = Quoted(sequence.Schema, sequence.Name), value = sequence.LastValue },
                    transaction,
                    cancellationToken: ct
                )
            );
        await transaction.CommitAsync(ct);

        async Task ExecuteAsync(IEnumerable<string> statements) =>
            await connection.ExecuteAsync(
                new CommandDefinition(
                    string.Join(";\n", statements.DefaultIfEmpty("select")),
                    transaction: transaction,
                    commandTimeout: 0,
                    cancellationToken: ct
                )
            );
    }

    private static async Task LoadAsync(NpgsqlConnection connection, BackupFile file, BackupTable table, CancellationToken ct)
    {
        await using var rows = await file.OpenEntryAsync(table.Entry, ct);
        await using (
            var copy = await connection.BeginRawBinaryCopyAsync(
                $"copy {Quoted(table.Schema, table.Name)} ({Listed(table.Columns)}) from stdin (format binary)",
                ct
            )
        )
            await rows.CopyToAsync(copy, 1 << 17, ct);
        var loaded = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition($"select count(*) from {Quoted(table.Schema, table.Name)}", commandTimeout: 0, cancellationToken: ct)
        );
        if (loaded != table.Rows)
            throw new BackupException($"{table.Schema}.{table.Name} has {loaded} rows instead of {table.Rows}. Nothing was changed.");
    }

    /// <summary>The tables with the columns that hold data of their own. The list of migrations is the manifest's.</summary>
    private static async Task<IReadOnlyList<(string Schema, string Name, IReadOnlyList<string> Columns)>> TablesAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> schemas,
        CancellationToken ct
    )
    {
        var rows = await connection.QueryAsync<(string Schema, string Name, string[] Columns)>(
            new CommandDefinition(
                """
                select s.nspname, c.relname, array_agg(a.attname::text order by a.attnum)
                  from pg_class c join pg_namespace s on s.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
                 where c.relkind = 'r' and s.nspname = any(@schemas) and c.relname <> all(@own) and a.attnum > 0 and not a.attisdropped
                   and a.attgenerated = ''
                 group by 1, 2 order by 1, 2
                """,
                new { schemas, own = MigrationRunner.OwnTables },
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => (r.Schema, r.Name, (IReadOnlyList<string>)r.Columns))];
    }

    private static string Listed(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quoted));

    private static string Quoted(string schema, string name) => $"{Quoted(schema)}.{Quoted(name)}";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
