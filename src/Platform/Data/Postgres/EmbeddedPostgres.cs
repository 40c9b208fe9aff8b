using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Data.Postgres;

/// <summary>
/// The product's own PostgreSQL in a data folder: found, initialised and started on demand, shared by every process that
/// opens the same folder, stopped by the last one that leaves.
/// </summary>
/// <remarks>
/// It listens on a Unix socket in a private directory only, so there is no password to lose. A server that outlived
/// its hosts (they were killed) is taken over as it is; one that was killed itself recovers at the next start.
/// </remarks>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(2);

    private readonly ServerFolder _folder;
    private readonly Postmaster _postmaster;
    private FileStream? _hosting;

    private EmbeddedPostgres(ServerFolder folder, Postmaster postmaster, FileStream hosting)
    {
        _folder = folder;
        _postmaster = postmaster;
        _hosting = hosting;
        ConnectionString = folder.ConnectionString(ClusterInitializer.Database);
    }

    /// <summary>Leads to the product's database as its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts the server of a data folder, or joins the one that runs.</summary>
    /// <exception cref="PostgresUnavailableException">No PostgreSQL is installed, the folder is of another major version or of another account, or the server
    /// does not start.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger log, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
            throw new PostgresUnavailableException(
                "The embedded PostgreSQL runs on Linux and macOS. On Windows name a server in ConnectionStrings__Association."
            );
        DataFolder.Make(options.DataFolder);
        await using var starting = await LockFile.ExclusiveAsync(StartLock(options.DataFolder), LockPatience, ct);
        var folder = await ServerFolder.PrepareAsync(options.DataFolder, ct);
        DataFolder.Close(folder);
        var binaries = await PostgresBinaries.ForAsync(folder, ct);
        await ClusterInitializer.EnsureAsync(folder, binaries, log, ct);
        var postmaster = new Postmaster(folder, binaries);
        if (!postmaster.IsRunning)
        {
            await ServerSettings.WriteAsync(folder, options.Settings, ct);
            await postmaster.StartAsync(log, ct);
        }
        await ClusterInitializer.EnsureDatabaseAsync(folder, ct);
        return new EmbeddedPostgres(folder, postmaster, LockFile.Shared(folder.HostsLock));
    }

    /// <summary>Starts the server again when it died under its hosts.</summary>
    /// <returns>Whether it had died.</returns>
    /// <exception cref="PostgresUnavailableException">It does not come up again.</exception>
    public async Task<bool> ReviveAsync(ILogger log, CancellationToken ct)
    {
        if (_postmaster.IsRunning)
            return false;
        await using var starting = await LockFile.ExclusiveAsync(StartLock(_folder.DataFolder), LockPatience, ct);
        if (_postmaster.IsRunning)
            return false; // another host was faster
        await _postmaster.StartAsync(log, ct);
        return true;
    }

    /// <summary>Leaves; the last one out stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _hosting, null) is not { } hosting)
            return;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        await using var stopping = await LockFile.ExclusiveAsync(StartLock(_folder.DataFolder), LockPatience, CancellationToken.None);
        await hosting.DisposeAsync();
        await using var alone = LockFile.TryExclusive(_folder.HostsLock);
        if (alone is not null)
            await _postmaster.StopAsync();
    }

    private static string StartLock(string dataFolder) => Path.Combine(dataFolder, "postgres.lock");
}
