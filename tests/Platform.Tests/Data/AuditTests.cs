using Association.Platform.Data.Users;
using Association.Testing;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>The database itself writes who changed what, whichever way the change comes.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private static readonly UserId Anna = UserId.From(Guid.CreateVersion7());
    private TestOffice _office = null!;

    public async Task InitializeAsync() => _office = await TestOffice.CreateAsync(new SampleModule());

    public Task DisposeAsync() => _office.DisposeAsync().AsTask();

    [Fact]
    public async Task an_edit_by_the_mapper_shows_who_and_from_what_to_what()
    {
        await using var scope = _office.As("office");
        var db = scope.Services.GetRequiredService<SampleDb>();
        var note = new Note { Title = "vorher" };
        await ActingAsync(
            db,
            async () =>
            {
                db.Add(note);
                await db.SaveChangesAsync();
                note.Title = "nachher";
                await db.SaveChangesAsync();
            }
        );

        var entries = await EntriesAsync(note.Id.Value);
        entries.Select(e => e.Operation).ShouldBe(["insert", "update"]);
        entries.ShouldAllBe(e => e.UserId == Anna.Value && e.UserName == "Anna Dörr");
        entries[1].Changes.ShouldBe("""{"title": ["vorher", "nachher"]}"""); // the search column is not worth a word
    }

    [Fact]
    public async Task plain_sql_is_written_down_with_the_same_user_and_the_reason()
    {
        await using var scope = _office.As("office");
        var db = scope.Services.GetRequiredService<SampleDb>();
        var id = Guid.CreateVersion7();
        await ActingAsync(
            db,
            async () =>
            {
                var connection = await db.ConnectionAsync(CancellationToken.None);
                await connection.ExecuteAsync("select set_config('association.reason', 'Beschluss vom 3. März', true)", transaction: db.Transaction);
                await connection.ExecuteAsync("insert into sample.note (id, title, amount) values (@id, 'Eintrag', 12.37)", new { id }, db.Transaction);
                await connection.ExecuteAsync("delete from sample.note where id = @id", new { id }, db.Transaction);
            }
        );

        var entries = await EntriesAsync(id);
        entries.Select(e => e.Operation).ShouldBe(["insert", "delete"]);
        entries.ShouldAllBe(e => e.UserId == Anna.Value && e.Reason == "Beschluss vom 3. März");
        entries[1].Changes.ShouldContain("\"amount\": [12.37, null]");
    }

    [Fact]
    public async Task a_bulk_copy_is_written_down_row_by_row()
    {
        await using var scope = _office.As("office");
        var db = scope.Services.GetRequiredService<SampleDb>();
        var ids = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToArray();
        await ActingAsync(
            db,
            async () =>
            {
                var connection = await db.ConnectionAsync(CancellationToken.None);
                await using var copy = await connection.BeginBinaryImportAsync("copy sample.note (id, title, amount) from stdin (format binary)");
                foreach (var id in ids)
                {
                    await copy.StartRowAsync();
                    await copy.WriteAsync(id, NpgsqlDbType.Uuid);
                    await copy.WriteAsync("Zeile", NpgsqlDbType.Text);
                    await copy.WriteAsync(1m, NpgsqlDbType.Numeric);
                }
                await copy.CompleteAsync();
            }
        );

        foreach (var id in ids)
            (await EntriesAsync(id)).ShouldHaveSingleItem().UserId.ShouldBe(Anna.Value);
    }

    [Fact]
    public async Task the_user_of_one_transaction_is_not_the_user_of_the_next()
    {
        await using var scope = _office.As("office");
        var db = scope.Services.GetRequiredService<SampleDb>();
        await ActingAsync(db, () => Task.CompletedTask);
        var note = new Note { Title = "danach" };
        db.Add(note);
        await db.SaveChangesAsync(); // the same connection of the pool

        (await EntriesAsync(note.Id.Value)).ShouldHaveSingleItem().UserId.ShouldBeNull();
    }

    [Fact]
    public async Task an_update_that_changes_nothing_leaves_no_entry()
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        var id = Guid.CreateVersion7();
        await connection.ExecuteAsync("insert into sample.note (id, title) values (@id, 'gleich')", new { id });
        await connection.ExecuteAsync("update sample.note set title = 'gleich' where id = @id", new { id });

        (await EntriesAsync(id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task what_was_written_down_stays()
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into sample.note (id, title) values (@id, 'Spur')", new { id = Guid.CreateVersion7() });

        foreach (
            var attempt in new[]
            {
                "update platform.audit_entry set user_name = 'niemand'",
                "delete from platform.audit_entry",
                "truncate platform.audit_entry",
            }
        )
            (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(attempt))).SqlState.ShouldBe("AS001");
    }

    private static async Task ActingAsync(SampleDb db, Func<Task> work)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var connection = await db.ConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync(
            "select set_config('association.user_id', @id, true), set_config('association.user_name', 'Anna Dörr', true)",
            new { id = Anna.Value.ToString() },
            db.Transaction
        );
        await work();
        await transaction.CommitAsync();
    }

    private async Task<List<Entry>> EntriesAsync(Guid row)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        return
        [
            .. await connection.QueryAsync<Entry>(
                "select operation, user_id as UserId, user_name as UserName, reason, changes::text as Changes from platform.audit_entry where table_name = 'sample.note' and row_id = @row order by id",
                new { row = row.ToString() }
            ),
        ];
    }

    private sealed record Entry(string Operation, Guid? UserId, string UserName, string? Reason, string Changes);
}
