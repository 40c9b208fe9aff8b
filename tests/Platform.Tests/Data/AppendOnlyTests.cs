using Association.Testing;
using Dapper;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>Books are final because the database says so, not because the code behaves.</summary>
public sealed class AppendOnlyTests : IAsyncLifetime
{
    private TestOffice _office = null!;

    public async Task InitializeAsync()
    {
        _office = await TestOffice.CreateAsync(new SampleModule());
        await using var connection = await _office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into sample.posting values (1, 12.37)");
    }

    public Task DisposeAsync() => _office.DisposeAsync().AsTask();

    [Theory]
    [InlineData("update sample.posting set amount = 0")]
    [InlineData("delete from sample.posting where id = 1")]
    [InlineData("truncate sample.posting")]
    [InlineData("insert into sample.posting values (1, 0) on conflict (id) do update set amount = excluded.amount")]
    [InlineData("merge into sample.posting p using (values (1)) v (id) on p.id = v.id when matched then delete")]
    public async Task a_row_of_a_book_is_final(string attempt)
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(attempt));
        refused.SqlState.ShouldBe("AS001");
        refused.MessageText.ShouldContain("sample.posting is refused: its rows are final");
        (await connection.QuerySingleAsync<decimal>("select amount from sample.posting")).ShouldBe(12.37m);
    }

    [Fact]
    public async Task a_book_takes_new_rows()
    {
        await using var connection = await _office.Database.OpenConnectionAsync();
        (await connection.ExecuteAsync("insert into sample.posting values (2, 1)")).ShouldBe(1);
    }
}
