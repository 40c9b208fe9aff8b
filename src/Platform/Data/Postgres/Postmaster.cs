using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Association.Platform.Data.Postgres;

/// <summary>The server process of a cluster.</summary>
internal sealed class Postmaster(ServerFolder folder, PostgresBinaries binaries)
{
    private const int Attempts = 20;

    /// <summary>
    /// Whether the process that <c>postmaster.pid</c> names is really this cluster's server: after a crash the number may belong to
    /// somebody else.
    /// </summary>
    public bool IsRunning => ReadPid() is { } pid && IsServerOfThisCluster(pid);

    /// <summary>Starts the server and waits until it takes connections.</summary>
    /// <exception cref="PostgresUnavailableException">It does not start.</exception>
    public async Task StartAsync(ILogger log, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            RemoveWhatAKilledServerLeft();
            var result = await Tool.RunAsync(
                binaries["pg_ctl"],
                ["start", "--pgdata", folder.Cluster, "--log", StartLog, "--wait", "--timeout", "60", "--silent"],
                folder.Account,
                ct
            );
            if (result.ExitCode == 0)
                return;
            var reason = await LastLinesAsync(ct);
            // The children of a killed server need a moment to notice; until then they hold its shared memory.
            if (attempt == Attempts || !reason.Contains("shared memory", StringComparison.Ordinal))
                throw new PostgresUnavailableException($"PostgreSQL does not start in {folder.Path}. {result.Output} {reason}");
            log.LogInformation("PostgreSQL of {Folder} waits for the children of its predecessor", folder.Path);
            await Task.Delay(100, ct);
        }
    }

    /// <summary>Lets running transactions go, writes a checkpoint, ends.</summary>
    public async Task StopAsync()
    {
        if (!IsRunning)
            return;
        await Tool.RunAsync(
            binaries["pg_ctl"],
            ["stop", "--pgdata", folder.Cluster, "--mode", "fast", "--wait", "--timeout", "60", "--silent"],
            folder.Account,
            CancellationToken.None
        );
    }

    /// <summary>PostgreSQL asks only whether the numbers in these files are alive; they may belong to somebody else by now, or to a zombie.</summary>
    private void RemoveWhatAKilledServerLeft()
    {
        if (IsRunning)
            return;
        File.Delete(PidFile);
        File.Delete(folder.SocketLock);
    }

    private string PidFile => Path.Combine(folder.Cluster, "postmaster.pid");

    private string StartLog => Path.Combine(folder.Log, "start.log");

    private int? ReadPid()
    {
        try
        {
            using var lines = File.ReadLines(PidFile).GetEnumerator();
            return lines.MoveNext() && int.TryParse(lines.Current, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null; // there is none
        }
    }

    private bool IsServerOfThisCluster(int pid)
    {
        if (!Directory.Exists("/proc/self"))
            return IsAlive(pid); // macOS: the number is all there is
        try
        {
            var words = File.ReadAllText($"/proc/{pid}/cmdline", Encoding.UTF8).Split('\0');
            return Path.GetFileName(words[0]).StartsWith("postgres", StringComparison.Ordinal) && words.Contains(folder.Cluster, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false; // no such process
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task<string> LastLinesAsync(CancellationToken ct)
    {
        var newest = new DirectoryInfo(folder.Log).EnumerateFiles().OrderByDescending(f => f.LastWriteTimeUtc).Take(2);
        var lines = new List<string>();
        foreach (var file in newest)
            lines.AddRange((await File.ReadAllLinesAsync(file.FullName, ct)).TakeLast(4));
        return string.Join(" | ", lines);
    }
}
