using System.Diagnostics;
using System.Globalization;
using Association.Platform.Data.Postgres;
using Npgsql;

namespace Association.Platform.Data.Backups;

/// <summary>pg_dump and pg_restore, where a PostgreSQL that brings them is installed. They speak through pipes; nothing is written beside the backup.</summary>
/// <param name="Path">Of the program.</param>
/// <param name="Major">Its release.</param>
internal sealed record PostgresDump(string Path, int Major)
{
    /// <summary>The pg_dump of the server's release, or the next newer one: an older one refuses, a much newer one writes what the server may not read
    /// back.</summary>
    /// <returns>Null when there is none.</returns>
    public static async Task<PostgresDump?> FindDumpAsync(int serverMajor, CancellationToken ct) =>
        (await FindAsync("pg_dump", ct)).Where(t => t.Major >= serverMajor).MinBy(t => t.Major);

    /// <summary>The newest pg_restore, which reads what every older pg_dump wrote.</summary>
    /// <returns>Null when there is none.</returns>
    public static async Task<PostgresDump?> FindRestoreAsync(CancellationToken ct) => (await FindAsync("pg_restore", ct)).MaxBy(t => t.Major);

    /// <summary>Hands over what pg_dump writes, while it writes.</summary>
    /// <exception cref="BackupException">pg_dump failed; the message holds what it said.</exception>
    public Task DumpAsync(string connectionString, Func<Stream, Task> read, CancellationToken ct) =>
        RunAsync(connectionString, ["--format=custom", "--no-owner", "--no-privileges"], process => read(process.StandardOutput.BaseStream), ct);

    /// <summary>Restores all or nothing: in one transaction.</summary>
    /// <exception cref="BackupException">pg_restore failed; the message holds what it said.</exception>
    public Task RestoreAsync(string connectionString, Stream dump, CancellationToken ct) =>
        RunAsync(
            connectionString,
            [
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}",
            ],
            async process =>
            {
                try
                {
                    await dump.CopyToAsync(process.StandardInput.BaseStream, ct);
                    process.StandardInput.Close();
                }
                catch (IOException)
                {
                    // It stopped reading, and says why.
                }
            },
            ct
        );

    private async Task RunAsync(string connectionString, IEnumerable<string> options, Func<Process, Task> talk, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path, options)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Address(new NpgsqlConnectionStringBuilder(connectionString)))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var said = process.StandardError.ReadToEndAsync(ct);
            await talk(process);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0)
                throw new BackupException($"{System.IO.Path.GetFileName(Path)} failed: {string.Join(' ', (await said).Split('\n').Take(3)).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>By the environment: a password on a command line is everybody's who may list processes.</summary>
    private static IEnumerable<(string Name, string Value)> Address(NpgsqlConnectionStringBuilder address)
    {
        (string, string?)[] values =
        [
            ("PGHOST", address.Host),
            ("PGPORT", address.Port.ToString(CultureInfo.InvariantCulture)),
            ("PGUSER", address.Username),
            ("PGPASSWORD", address.Password),
            ("PGDATABASE", address.Database),
            ("PGSSLROOTCERT", address.RootCertificate),
            ("PGCONNECT_TIMEOUT", "15"),
            (
                "PGSSLMODE",
                address.SslMode switch
                {
                    SslMode.Disable => "disable",
                    SslMode.Allow => "allow",
                    SslMode.Require => "require",
                    SslMode.VerifyCA => "verify-ca",
                    SslMode.VerifyFull => "verify-full",
                    _ => "prefer",
                }
            ),
        ];
        return values.Where(v => !string.IsNullOrEmpty(v.Item2)).Select(v => (v.Item1, v.Item2!));
    }

    private static async Task<IReadOnlyList<PostgresDump>> FindAsync(string program, CancellationToken ct)
    {
        var found = new List<PostgresDump>();
        foreach (
            var path in PostgresBinaries
                .Candidates()
                .Select(folder => System.IO.Path.Combine(folder, program))
                .Where(File.Exists)
                .Distinct(StringComparer.Ordinal)
        )
            if (await PostgresBinaries.MajorOfAsync(path, ct) is { } major)
                found.Add(new PostgresDump(path, major));
        return found;
    }
}
