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
        (await Runner().MigrateAsync(CancellationToken.None)).ShouldBe(2, "the file and the function behind it");
    }

    [Fact]
    public async Task an_installation_of_the_former_release_gets_the_functions_once()
    {
        var former = Schemas.SelectMany(s => s.Read().Select(m => new AppliedMigration(s.Schema, m.Name, m.Digest))).ToList();
        await Runner().MigrateToAsync(former, CancellationToken.None);
        (await ReadAsync<string?>("select to_regclass('sample.schema_functions')::text")).ShouldBeNull("that release had none");
        (await Runner().PendingAsync(CancellationToken.None)).ShouldBe(["sample/note_title"]);

        var ran = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Runner().MigrateAsync(CancellationToken.None))); // two hosts start at once
        ran.Order().ShouldBe([0, 1]);
        await TellsUpperCaseAsync();
        (await Runner().PendingAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_function_whose_text_changed_is_replaced_once_and_the_others_stay()
    {
        await Runner().MigrateAsync(CancellationToken.None);
        var before = await ReadAsync<DateTime>("select applied_at from sample.schema_functions");
        (await Runner().MigrateAsync(CancellationToken.None)).ShouldBe(0);
        (await ReadAsync<DateTime>("select applied_at from sample.schema_functions")).ShouldBe(before);

        await ExecuteAsync(
            """
            create or replace function sample.note_title(wanted uuid) returns text language sql as 'select title from sample.note where id = wanted';
            update sample.schema_functions set revision = 1, digest = 'of the text before'
            """
        );
        (await Runner().MigrateAsync(CancellationToken.None)).ShouldBe(1);
        await TellsUpperCaseAsync();
        (await ReadAsync<int>("select revision from sample.schema_functions")).ShouldBe(2);
        (await Runner().MigrateAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [InlineData("update sample.schema_functions set digest = 'another'", "sample/note_title was changed and is still revision 2")]
    [InlineData("update sample.schema_functions set revision = 3", "newer release (it has revision 3 of note_title)")]
    [InlineData("insert into sample.schema_functions values ('future', 1, 'x', now())", "newer release (it has future)")]
    public async Task no_text_is_put_over_one_that_may_be_newer(string change, string reason)
    {
        await Runner().MigrateAsync(CancellationToken.None);
        await ExecuteAsync(change);

        (await Should.ThrowAsync<MigrationException>(() => Runner().MigrateAsync(CancellationToken.None))).Message.ShouldContain(reason);
        (await Runner().PendingAsync(CancellationToken.None)).ShouldBeEmpty("a host that runs beside a newer one stays ready");
    }

    [Fact]
    public async Task a_function_that_fails_leaves_no_row()
    {
        await Runner().MigrateAsync(CancellationToken.None);
        await ExecuteAsync(
            """
            drop function sample.note_title; create function sample.note_title(wanted uuid) returns int language sql as 'select 1';
            update sample.schema_functions set revision = 1
            """
        );

        await Should.ThrowAsync<PostgresException>(() => Runner().MigrateAsync(CancellationToken.None)); // another answer is no replacement
        (await ReadAsync<int>("select revision from sample.schema_functions")).ShouldBe(1);
    }

    [Fact]
    public void a_function_without_a_revision_is_refused() =>
        Should
            .Throw<MigrationException>(() => RepeatableSql.Parse("total", "create or replace function total() …"))
            .Message.ShouldBe("Functions/total.sql does not begin with its revision. Make '-- Revision 1' its first line.");

    private async Task TellsUpperCaseAsync()
    {
        await ExecuteAsync("insert into sample.note (id, title) values ('00000000-0000-0000-0000-000000000001', 'quiet')");
        (await ReadAsync<string>("select sample.note_title('00000000-0000-0000-0000-000000000001')")).ShouldBe("QUIET");
    }

    private MigrationRunner Runner() => new(_source, Schemas, NullLogger<MigrationRunner>.Instance);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private async Task<T?> ReadAsync<T>(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql);
    }
}
