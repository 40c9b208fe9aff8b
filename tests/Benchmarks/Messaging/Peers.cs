using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Association.Testing;
using Npgsql;

namespace Association.Benchmarks.Messaging;

/// <summary>graphile-worker and pg-boss on the same server, each in its own process and database (<c>peers/run.mjs</c>).</summary>
internal static class Peers
{
    public static readonly IReadOnlyList<string> All = ["graphile-worker", "pg-boss"];

    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Benchmarks/Messaging/peers");

    /// <summary>Fetches them once; false when there is no npm.</summary>
    public static async Task<bool> InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
            return true;
        try
        {
            return (await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], new Dictionary<string, string?>())).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Messages a second.</summary>
    public static async Task<double> MeasureAsync(string peer, string measure, string connectionString, params string[] options)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var (exitCode, output) = await RunAsync(
            "node",
            ["run.mjs", peer, measure, .. options],
            new Dictionary<string, string?>
            {
                ["PGHOST"] = server.Host,
                ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = server.Username,
                ["PGDATABASE"] = server.Database,
            }
        );
        if (exitCode != 0)
            throw new InvalidOperationException($"{peer} {measure} ended with {exitCode}: {output}");
        using var answer = JsonDocument.Parse(output.Trim().Split('\n')[^1]);
        return answer.RootElement.GetProperty("perSecond").GetDouble();
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?> environment
    )
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
