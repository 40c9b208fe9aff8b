using Dapper;
using Npgsql;

namespace Association.Host.Installations;

/// <summary>What the database says about itself.</summary>
/// <param name="IsDemo">Whether its people have passwords that everybody knows.</param>
/// <param name="DemoDataWished">Whether demo members are still to be added.</param>
/// <param name="IsInitialised">Whether the first start came to its end.</param>
internal sealed record InstallationRecord(bool IsDemo, bool DemoDataWished, bool IsInitialised)
{
    /// <summary>Reads it; null on a database that nobody has worked on yet.</summary>
    public static async Task<InstallationRecord?> FindAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<InstallationRecord>(
            new CommandDefinition(
                """
                select kind = 'demo' as IsDemo, demo_data = 'wished' as DemoDataWished, initialised_at is not null as IsInitialised from platform.installation
                """,
                cancellationToken: ct
            )
        );
    }

    /// <summary>Reads it; makes it on a new database.</summary>
    public static async Task<InstallationRecord> EnsureAsync(NpgsqlDataSource database, bool embedded, bool wishesDemoData, CancellationToken ct)
    {
        await using (var connection = await database.OpenConnectionAsync(ct))
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "insert into platform.installation (kind, demo_data) values (@kind, @demo) on conflict do nothing",
                    new { kind = embedded ? "demo" : "own", demo = embedded && wishesDemoData ? "wished" : "none" },
                    cancellationToken: ct
                )
            );
        return await FindAsync(database, ct) ?? throw new InvalidOperationException("The record of the installation is gone.");
    }

    /// <summary>Notes that the first start came to its end.</summary>
    public static Task NoteInitialisedAsync(NpgsqlDataSource database, CancellationToken ct) =>
        ExecuteAsync(database, "update platform.installation set initialised_at = now()", ct);

    /// <summary>Notes that the demo members are there.</summary>
    public static Task NoteDemoDataAsync(NpgsqlDataSource database, CancellationToken ct) =>
        ExecuteAsync(database, "update platform.installation set demo_data = 'added'", ct);

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: ct));
    }
}
