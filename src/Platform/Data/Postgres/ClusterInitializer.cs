using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Data.Postgres;

/// <summary>Makes the cluster and the product's database in it.</summary>
internal static class ClusterInitializer
{
    /// <summary>Owner of everything; gets in by the private socket directory only.</summary>
    public const string Superuser = "association";

    /// <summary>The product's database.</summary>
    public const string Database = "association";

    /// <summary>Runs <c>initdb</c> into a temporary folder and renames it, so that a killed start leaves no half cluster.</summary>
    public static async Task EnsureAsync(ServerFolder folder, PostgresBinaries binaries, ILogger log, CancellationToken ct)
    {
        if (File.Exists(Path.Combine(folder.Cluster, "PG_VERSION")))
            return;
        log.LogInformation("Initialising PostgreSQL {Major} in {Folder}", binaries.Major, folder.Path);
        RemoveHalfClusters(folder);
        var temporary = $"{folder.Cluster}.{Guid.CreateVersion7():N}.new"; // the initdb of a killed start may still write to its own
        var result = await Tool.RunAsync(
            binaries["initdb"],
            [
                "--pgdata",
                temporary,
                "--username",
                Superuser,
                "--auth",
                "trust",
                "--encoding",
                "UTF8",
                "--locale-provider",
                "icu",
                "--icu-locale",
                "de-DE",
                "--locale",
                "C.UTF-8",
                "--data-checksums",
                "--no-sync",
                "--no-instructions",
            ],
            folder.Account,
            ct
        );
        if (result.ExitCode != 0)
            throw new PostgresUnavailableException($"PostgreSQL cannot initialise {folder.Path}: {result.Output}");
        Directory.Move(temporary, folder.Cluster);
    }

    private static void RemoveHalfClusters(ServerFolder folder)
    {
        foreach (var half in Directory.EnumerateDirectories(folder.Path, "cluster.*new").ToList())
        {
            try
            {
                Directory.Delete(half, recursive: true);
            }
            catch (IOException)
            {
                // Somebody still writes to it; the next new cluster removes it.
            }
        }
    }

    /// <summary>Creates the product's database when it is missing.</summary>
    public static async Task EnsureDatabaseAsync(ServerFolder folder, CancellationToken ct)
    {
        await using var maintenance = NpgsqlDataSource.Create(folder.ConnectionString("postgres") + ";Pooling=false");
        await using var connection = await maintenance.OpenConnectionAsync(ct);
        await using var exists = new NpgsqlCommand($"select 1 from pg_database where datname = '{Database}'", connection);
        if (await exists.ExecuteScalarAsync(ct) is not null)
            return;
        await using var create = new NpgsqlCommand($"create database {Database}", connection);
        await create.ExecuteNonQueryAsync(ct);
    }
}
