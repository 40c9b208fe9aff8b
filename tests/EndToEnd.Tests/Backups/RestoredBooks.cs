using Association.EndToEnd.Tests.Hosts;
using Association.Host.Startup;
using Association.Platform.Data.Backups;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Association.EndToEnd.Tests.Backups;

/// <summary>
/// A demo with members, an executed run, a payment and a cancellation: what an earlier release left, see <see cref="UpgradeTests"/>. It is restored once;
/// each test works on a copy of its own, which the server makes at once. The verb would not put a demo onto a server, see <see cref="DemoRestoreTests"/>.
/// </summary>
public sealed class RestoredBooks : IAsyncLifetime
{
    private TestDatabase? _books;

    public async Task InitializeAsync()
    {
        _books = await TestDatabase.EmptyAsync();
        var builder = HostComposition.CreateBuilder();
        builder.Configuration["ConnectionStrings:Association"] = _books.ConnectionString;
        await using var program = builder.Build();
        using var release = await BackupFile.OpenAsync(UpgradeTests.Release, CancellationToken.None);
        await program.Services.GetRequiredService<DatabaseBackups>().RestoreAsync(release, _books.ConnectionString, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _books!.DisposeAsync();

    /// <summary>As the restore left it: no later release has migrated it yet.</summary>
    internal async Task<SharedInstallation> CopyAsync() => SharedInstallation.On(await TestDatabase.CopyOfAsync(_books!));

    /// <summary>The same books and people in an installation of one's own.</summary>
    internal async Task<SharedInstallation> OwnCopyAsync()
    {
        var copy = await CopyAsync();
        await copy.ExecuteAsync("update platform.installation set kind = 'own'");
        return copy;
    }

    /// <summary>Every table with the number and the digest of its rows, and every sequence: read here, not by what is tested.</summary>
    internal static async Task<IReadOnlyList<string>> ContentAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        var tables = (
            await connection.QueryAsync<string>(
                """
                select format('%I.%I', s.nspname, c.relname) from pg_class c join pg_namespace s on s.oid = c.relnamespace
                 where c.relkind = 'r' and s.nspname !~ '^pg_' and s.nspname <> 'information_schema'
                   and c.relname not in ('schema_migrations', 'schema_functions') order by 1
                """
            )
        ).AsList();
        var digests = tables.Select(t =>
            $"""select '{t} ' || count(*) || ' ' || coalesce(md5(string_agg(x::text, ' ' order by x::text collate "C")), '') from {t} x"""
        );
        return (
            await connection.QueryAsync<string>(
                $"{string.Join(" union all ", digests)} union all select format('%I.%I %s', schemaname, sequencename, last_value) from pg_sequences order by 1"
            )
        ).AsList();
    }
}

[CollectionDefinition(Name)]
public sealed class RestoredBooksCollection : ICollectionFixture<RestoredBooks>
{
    public const string Name = "restored books";
}
