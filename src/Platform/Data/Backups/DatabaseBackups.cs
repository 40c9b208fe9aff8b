using System.Data;
using System.IO.Compression;
using Association.Platform.Data.Migrations;
using Dapper;
using Npgsql;

namespace Association.Platform.Data.Backups;

/// <summary>
/// Backups of the whole database in one file, and their return. A backup is of one moment and may be taken while people work. It is written with pg_dump
/// where a fitting one is installed, otherwise table by table, which needs nothing but the server.
/// </summary>
/// <param name="database">The product's database.</param>
/// <param name="migrations">Says which state the schema has, and builds it again.</param>
/// <param name="schemas">Those that migrations build.</param>
/// <param name="otherSchemas">Those that something else builds.</param>
/// <param name="clock">Dates the file.</param>
public sealed class DatabaseBackups(
    NpgsqlDataSource database,
    MigrationRunner migrations,
    IEnumerable<SchemaMigrations> schemas,
    IEnumerable<IForeignSchema> otherSchemas,
    TimeProvider clock
)
{
    /// <summary>Takes a backup and reads it back once.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="connectionString">Of the same database, with its password, for pg_dump.</param>
    /// <param name="withoutPgDump">Table by table in any case: such a file can be restored where PostgreSQL is older or has no pg_restore.</param>
    /// <param name="ct">Cancels; no file stays.</param>
    /// <exception cref="BackupException">There is a file of this name, the database holds no association, or pg_dump failed.</exception>
    public async Task<BackupManifest> WriteAsync(string path, string connectionString, bool withoutPgDump, CancellationToken ct)
    {
        if (!await IsInUseAsync(ct))
            throw new BackupException("There is nothing to back up: this database holds no association yet.");
        var applied = await migrations.AppliedAsync(ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        var server = connection.PostgreSqlVersion.Major;
        var name = await AssociationNameAsync(connection, ct);
        var kind = await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select kind from platform.installation", cancellationToken: ct));
        var dump = withoutPgDump ? null : await PostgresDump.FindDumpAsync(server, ct);
        return await BackupFile.WriteAsync(path, zip => dump is null ? TablesAsync(zip) : DumpAsync(zip, dump), ct);

        async Task<BackupManifest> DumpAsync(ZipArchive zip, PostgresDump program)
        {
            BackupEntry? entry = null;
            await program.DumpAsync(
                connectionString,
                async output => entry = await BackupFile.AddAsync(zip, "database.dump", output, CompressionLevel.NoCompression, ct),
                ct
            );
            return new BackupManifest(BackupManifest.CurrentFormat, clock.GetUtcNow(), name, server, applied, entry, [], [], kind);
        }

        async Task<BackupManifest> TablesAsync(ZipArchive zip)
        {
            var names = AllSchemas();
            await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            var tables = await BackupTables.WriteAsync(connection, zip, names, Keeps, ct);
            var sequences = await BackupTables.SequencesAsync(connection, names, ct);
            return new BackupManifest(BackupManifest.CurrentFormat, clock.GetUtcNow(), name, server, applied, null, tables, sequences, kind);
        }
    }

    /// <summary>
    /// Restores into a database without an association, in one transaction. The schema has the state of the backup afterwards; the next start brings it to this
    /// release's, as with any upgrade.
    /// </summary>
    /// <param name="file">Opened, and thereby read to its end: what is half there is not begun.</param>
    /// <param name="connectionString">Of the same database, with its password, for pg_restore.</param>
    /// <param name="ct">Cancels; the database is as before.</param>
    /// <exception cref="BackupException">The database is in use, or a needed program is missing. The database is as before.</exception>
    /// <exception cref="MigrationException">The backup was taken by a newer release.</exception>
    public async Task RestoreAsync(BackupFile file, string connectionString, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (await IsInUseAsync(ct))
            throw new BackupException(
                "The database holds an association already, and a restore overwrites nothing. Restore into another folder (--data DIR) or another database."
            );
        if (file.Manifest.Dump is { } dump)
            await RestoreDumpAsync(file, dump, connectionString, ct);
        else
            await RestoreTablesAsync(file, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("analyze", commandTimeout: 0, commandType: CommandType.Text, cancellationToken: ct));
    }

    private static async Task RestoreDumpAsync(BackupFile file, BackupEntry dump, string connectionString, CancellationToken ct)
    {
        var program = await PostgresDump.FindRestoreAsync(ct);
        if (program is null || program.Major < file.Manifest.PostgresMajor)
            throw new BackupException(
                $"This backup was written by pg_dump and needs pg_restore {file.Manifest.PostgresMajor} or newer: install it with 'apt-get install postgresql-client'. Backups taken with --portable need no program."
            );
        await using var content = await file.OpenEntryAsync(dump, ct);
        await program.RestoreAsync(connectionString, content, ct);
    }

    private async Task RestoreTablesAsync(BackupFile file, CancellationToken ct)
    {
        await migrations.MigrateToAsync(file.Manifest.Migrations, ct);
        foreach (var other in otherSchemas)
            if (file.Manifest.Tables.Any(t => t.Schema == other.Name))
                await other.BuildAsync(ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await BackupTables.LoadAsync(connection, file, Keeps, ct);
    }

    private async Task<bool> IsInUseAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select to_regclass('platform.installation')::text", cancellationToken: ct))
                is not null
            && await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from platform.installation)", cancellationToken: ct));
    }

    private static async Task<string> AssociationNameAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition("select profile ->> 'Name' from platform.association_profile order by version desc limit 1", cancellationToken: ct)
        ) ?? "";

    private bool Keeps(string schema, string table) => otherSchemas.FirstOrDefault(s => s.Name == schema)?.Tables.Contains(table) != false;

    private string[] AllSchemas() => [.. schemas.Select(s => s.Schema).Concat(otherSchemas.Select(s => s.Name)).Distinct()];
}

/// <summary>A schema of the product's database that no migration builds: a library brings its own tables.</summary>
public interface IForeignSchema
{
    /// <summary>PostgreSQL schema.</summary>
    string Name { get; }

    /// <summary>Those of its tables that a backup by tables holds; the others are the library's own affair and begin empty after a restore.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>Builds its tables when they are missing.</summary>
    Task BuildAsync(CancellationToken ct);
}
