using Association.Platform.Data;
using Association.Platform.Data.Migrations;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>Every start brings the schema to this release's state, once.</summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private static readonly SchemaMigrations[] Schemas =
    [
        new("sample", typeof(MigrationTests).Assembly),
        new("platform", typeof(ModuleDbContext).Assembly, Order: 0),
    ];

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.EmptyAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task the_second_start_has_nothing_to_do()
    {
        (await Runner().PendingAsync(CancellationToken.None)).ShouldContain("sample/0001_sample");
        (await Runner().MigrateAsync(CancellationToken.None)).ShouldBeGreaterThan(1);
        (await Runner().MigrateAsync(CancellationToken.None)).ShouldBe(0);
        (await Runner().PendingAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task five_hosts_that_start_at_once_migrate_once()
    {
        var ran = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Runner().MigrateAsync(CancellationToken.None)));
        ran.Count(n => n > 0).ShouldBe(1);
    }

    [Fact]
    public async Task a_file_that_was_changed_after_it_ran_is_refused()
    {
        await Runner().MigrateAsync(CancellationToken.None);
        await ExecuteAsync("update sample.schema_migrations set digest = 'another'");

        var refused = await Should.ThrowAsync<MigrationException>(() => Runner().MigrateAsync(CancellationToken.None));
        refused.Message.ShouldContain("sample/0001_sample was changed after it ran");
    }

    [Fact]
    public async Task a_database_of_a_newer_release_is_refused()
    {
        await Runner().MigrateAsync(CancellationToken.None);
        await ExecuteAsync("insert into sample.schema_migrations (name, digest) values ('9999_future', 'x')");

        var refused = await Should.ThrowAsync<MigrationException>(() => Runner().MigrateAsync(CancellationToken.None));
        refused.Message.ShouldContain("newer release (it has 9999_future)");
    }

    [Fact]
    public async Task a_file_that_fails_leaves_nothing_and_runs_at_the_next_start()
    {
        await ExecuteAsync("create schema sample; create table sample.posting (stands_in_the_way int)");
        await Should.ThrowAsync<PostgresException>(() => Runner().MigrateAsync(CancellationToken.None));
        await using (var connection = await _source.OpenConnectionAsync())
            (await connection.ExecuteScalarAsync<bool>("select to_regclass('sample.note') is null")).ShouldBeTrue();

        await ExecuteAsync("drop table sample.posting");
        (await Runner().MigrateAsync(CancellationToken.None)).ShouldBe(1);
    }

    private MigrationRunner Runner() => new(_source, Schemas, NullLogger<MigrationRunner>.Instance);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
