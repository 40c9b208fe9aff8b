using System.Diagnostics;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>The programs of PostgreSQL with which an operator keeps and brings back a database.</summary>
internal static class PostgresTool
{
    public static Task DumpAsync(string connectionString, string file, params string[] options) =>
        RunAsync("pg_dump", connectionString, ["--format=custom", $"--file={file}", .. options]);

    public static Task RestoreAsync(string connectionString, string file) =>
        RunAsync(
            "pg_restore",
            connectionString,
            ["--exit-on-error", "--no-owner", $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}", file]
        );

    private static async Task RunAsync(string program, string connectionString, IEnumerable<string> options)
    {
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(Find(program), options) { RedirectStandardError = true };
        foreach (
            var (name, value) in ((string, string?)[])
                [
                    ("PGHOST", address.Host),
                    ("PGPORT", $"{address.Port}"),
                    ("PGUSER", address.Username),
                    ("PGPASSWORD", address.Password),
                    ("PGDATABASE", address.Database),
                ]
        )
            if (!string.IsNullOrEmpty(value))
                start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, said);
    }

    private static string Find(string program)
    {
        var system = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))
            : [];
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(system)
            .Select(d => Path.Combine(d, program))
            .FirstOrDefault(File.Exists);
        Skip.If(found is null, $"{program} is missing: the binaries from npm lack it; apt-get install -y postgresql-client");
        return found!;
    }
}
