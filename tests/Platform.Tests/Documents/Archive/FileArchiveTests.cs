using Association.Platform.Data;
using Association.Platform.Data.Migrations;
using Association.Platform.Documents.Archive;
using Association.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Archive;

public sealed class FileArchiveTests : IAsyncLifetime
{
    private static readonly ArchivedFile Invoice = ArchivedFile.New("BR-2026-00001.pdf", "application/pdf", "%PDF-1"u8.ToArray());
    private static readonly ArchivedFile Second = ArchivedFile.New("BR-2026-00002.pdf", "application/pdf", new byte[100_000]);

    private TestDatabase database = null!;
    private NpgsqlDataSource source = null!;
    private FileArchive archive = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.MigratedAsync([new SchemaMigrations("platform", typeof(DataServices).Assembly, Order: 0)]);
        source = NpgsqlDataSource.Create(database.ConnectionString);
        archive = new FileArchive(new OfficeDatabase(source));
    }

    public async Task DisposeAsync()
    {
        await source.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task files_come_back_as_they_went_in_and_in_the_order_asked_for()
    {
        await Add(Invoice, Second);

        (await archive.ReadAsync(Invoice.Id, default)).Bytes.ToArray().ShouldBe(Invoice.Bytes.ToArray());
        (await archive.ReadAllAsync([Second.Id, Guid.CreateVersion7(), Invoice.Id], default).Select(f => f.Name).ToListAsync()).ShouldBe([
            "BR-2026-00002.pdf",
            "BR-2026-00001.pdf",
        ]);
        (await archive.VerifyAsync(default)).ShouldSatisfyAllConditions(state => state.Files.ShouldBe(2), state => state.Damaged.ShouldBeEmpty());
    }

    [Fact]
    public async Task files_commit_with_the_callers_change_or_not_at_all()
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (await connection.BeginTransactionAsync())
            await FileArchive.AddAsync(connection, [Invoice], default); // and never commits

        (await Should.ThrowAsync<KeyNotFoundException>(() => archive.ReadAsync(Invoice.Id, default))).Message.ShouldContain(Invoice.Id.ToString());
    }

    [Fact]
    public async Task the_database_refuses_to_change_remove_or_repeat_a_file()
    {
        await Add(Invoice);

        foreach (var attempt in new[] { "update platform.archive_file set name = 'x'", "delete from platform.archive_file", "truncate platform.archive_file" })
            (await Should.ThrowAsync<PostgresException>(() => Execute(attempt))).SqlState.ShouldBe("AS001");
        (await Should.ThrowAsync<PostgresException>(() => Add(Invoice))).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
    }

    [Fact]
    public async Task a_file_that_came_in_as_removable_is_emptied_once_and_no_other_one_and_nothing_else_of_it_changes()
    {
        var own = ArchivedFile.New("Attest.pdf", "application/pdf", new byte[] { 1, 2, 3 }) with { Removable = true };
        await Add(Invoice, own);

        foreach (
            var attempt in new[]
            {
                $"update platform.archive_file set bytes = '', emptied_at = now() where id = '{Invoice.Id}'",
                $"update platform.archive_file set removable = true where id = '{Invoice.Id}'",
                $"update platform.archive_file set bytes = 'x', emptied_at = now() where id = '{own.Id}'",
                $"update platform.archive_file set bytes = '', name = 'x', emptied_at = now() where id = '{own.Id}'",
                $"delete from platform.archive_file where id = '{own.Id}'",
            }
        )
            (await Should.ThrowAsync<PostgresException>(() => Execute(attempt))).SqlState.ShouldBe("AS001", attempt);

        await using (var connection = await source.OpenConnectionAsync())
            await FileArchive.EmptyAsync(connection, [Invoice.Id, own.Id], TimeProvider.System.GetUtcNow(), default);
        (await archive.ReadAsync(Invoice.Id, default)).Bytes.Length.ShouldBe(Invoice.Bytes.Length);
        await Should.ThrowAsync<KeyNotFoundException>(() => archive.ReadAsync(own.Id, default));
        (await archive.VerifyAsync(default)).ShouldBeEquivalentTo(new ArchiveState(2, []));
        (
            await Should.ThrowAsync<PostgresException>(() => Execute($"update platform.archive_file set emptied_at = now() where id = '{own.Id}'"))
        ).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task bytes_changed_behind_the_databases_back_are_found_and_never_handed_out()
    {
        await Add(Invoice, Second);
        await Execute("alter table platform.archive_file disable trigger user; alter table platform.archive_file drop constraint archive_file_digest");
        await Execute($"update platform.archive_file set bytes = 'x' where id = '{Invoice.Id}'");

        (await archive.VerifyAsync(default)).Damaged.ShouldBe([Invoice.Id]);
        (await Should.ThrowAsync<ArchiveDamagedException>(() => archive.ReadAsync(Invoice.Id, default))).File.ShouldBe(Invoice.Id);
        (await archive.ReadAsync(Second.Id, default)).Bytes.Length.ShouldBe(100_000);
    }

    private async Task Add(params ArchivedFile[] files)
    {
        await using var connection = await source.OpenConnectionAsync();
        await FileArchive.AddAsync(connection, files, default);
    }

    private async Task Execute(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
