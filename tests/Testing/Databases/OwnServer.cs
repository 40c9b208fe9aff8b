using System.Diagnostics;
using System.Globalization;
using Association.Platform.Data.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Association.Testing;

/// <summary>A PostgreSQL of a test's own, which it may stop and start. What is committed survives that.</summary>
public sealed class OwnServer : IAsyncDisposable
{
    private static int _servers;

    private readonly string _folder;
    private readonly EmbeddedPostgres _postgres;
    private readonly string _cluster;

    private OwnServer(string folder, EmbeddedPostgres postgres, string cluster)
    {
        _folder = folder;
        _postgres = postgres;
        _cluster = cluster;
    }

    /// <summary>Leads to its empty database.</summary>
    public string ConnectionString => _postgres.ConnectionString;

    /// <summary>Initialises and starts one.</summary>
    /// <param name="settings">Empty: those of an office, which waits for the disk; null: those of tests, which do not.</param>
    public static async Task<OwnServer> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var folder = Path.Combine(
            Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"association-own-{Environment.ProcessId}-{Interlocked.Increment(ref _servers)}")
        );
        settings ??= new Dictionary<string, string>(TestServer.Settings)
        {
            ["synchronous_commit"] = "on", // what a client was told is committed lies in the log before the server is stopped
            ["max_connections"] = "100",
            ["shared_buffers"] = "64MB",
        };
        var postgres = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions(folder) { Settings = settings },
            NullLogger.Instance,
            CancellationToken.None
        );
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var where = new NpgsqlCommand("show data_directory", connection);
        return new OwnServer(folder, postgres, (string)(await where.ExecuteScalarAsync())!);
    }

    /// <summary>Breaks everything off at once and recovers, as after a crash: <c>pg_ctl restart -m immediate</c>.</summary>
    public Task RestartImmediateAsync() => RestartAsync("QUIT");

    /// <summary>Rolls running transactions back and starts again: <c>pg_ctl restart -m fast</c>.</summary>
    public Task RestartFastAsync() => RestartAsync("INT");

    /// <summary>Breaks everything off at once and stays away: <c>pg_ctl stop -m immediate</c>.</summary>
    public Task StopImmediateAsync() => SignalAsync("QUIT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RestartAsync(string signal)
    {
        await SignalAsync(signal);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await _postgres.ReviveAsync(NullLogger.Instance, timeout.Token))
            await Task.Delay(10, timeout.Token); // it still stops
    }

    private async Task SignalAsync(string signal)
    {
        var pid = File.ReadLines(Path.Combine(_cluster, "postmaster.pid")).First();
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {pid}"]);
        await kill.WaitForExitAsync();
    }
}
