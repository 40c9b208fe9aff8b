using Association.Platform.Data.Backups;
using Hangfire.PostgreSql;
using Npgsql;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>Hangfire brings the scripts of its tables; they run under a lock of ours, so that hosts that start at once wait for each other.</summary>
internal sealed class HangfireSchema(NpgsqlDataSource database) : IForeignSchema
{
    public const string SchemaName = "hangfire";

    private const long LockKey = 0x4a4f4253; // "JOBS"

    private bool _isBuilt;

    public string Name => SchemaName;

    /// <summary>The schedule, by which a restored office knows what it missed. Firings, locks and servers are of the moment.</summary>
    public IReadOnlyList<string> Tables => ["hash", "set"];

    public async Task BuildAsync(CancellationToken ct)
    {
        if (_isBuilt)
            return;
        await AloneAsync(connection => PostgreSqlObjectsInstaller.Install(connection, SchemaName), ct);
        _isBuilt = true;
    }

    /// <summary>Does something that only one host may do at a time; the others wait.</summary>
    public async Task AloneAsync(Action<NpgsqlConnection> work, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var take = new NpgsqlCommand($"select pg_advisory_lock({LockKey})", connection))
            await take.ExecuteNonQueryAsync(ct);
        try
        {
            work(connection);
        }
        finally
        {
            await using var leave = new NpgsqlCommand($"select pg_advisory_unlock({LockKey})", connection);
            await leave.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
