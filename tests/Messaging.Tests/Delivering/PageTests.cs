using Association.Messaging.Tests.Trial;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Delivering;

/// <summary>A queue that handles pages of messages in one transaction promises the same as any other.</summary>
public sealed class PageTests() : TrialOffice(working: false)
{
    [Fact]
    public async Task a_page_is_one_transaction_and_every_message_has_its_effect_its_cause_and_its_person()
    {
        await Anna.Bus.InvokeAsync(new SellStamps(50));
        await Office.As("office2").Bus.InvokeAsync(new SellStamps(30));
        await Office.DrainAsync(); // what both people caused
        (await ReadAsync<long>("select count(*) from messaging.message")).ShouldBe([0]);
        (await ReadAsync<(string, long)>("select by_name || ' ' || queue, count(*) from trial.effect group by 1 order by 1"))
            .ShouldBe([("Anna Dörr sheet", 5), ("Anna Dörr stamp", 50), ("Jonas Thull sheet", 3), ("Jonas Thull stamp", 30)]);
        (await ReadAsync<long>("select count(distinct xmin::text) from trial.effect where queue = 'stamp'"))[0].ShouldBeLessThan(10);
        (await ReadAsync<long>("select count(distinct correlation_id) from messaging.handled where queue like '%/sheet-used'")).ShouldBe([2]);
    }

    [Fact]
    public async Task one_poisoned_message_of_a_page_fails_alone()
    {
        Board.On("stamp", number => { if (number == "7") throw new InvalidOperationException("torn"); });
        await Anna.Bus.InvokeAsync(new SellStamps(40));
        var report = await Anna.DrainAsync();
        report.DeadLettered.Count.ShouldBe(1);
        (await ReadAsync<int>("select subject::int from trial.effect where queue = 'stamp' order by 1")).ShouldBe(Enumerable.Range(0, 40).Where(i => i != 7));
    }

    [Fact]
    public async Task a_message_that_fails_once_in_a_page_costs_the_others_nothing()
    {
        var failed = false;
        Board.On("stamp", number =>
        {
            if (number != "7" || failed) return;
            failed = true;
            throw new InvalidOperationException("stuck");
        });
        await Anna.Bus.InvokeAsync(new SellStamps(40));
        var report = await Anna.DrainAsync();
        report.Ok.ShouldBeTrue();
        report.Handled.ShouldAllBe(m => m.Attempts == 0); // one by one it did not fail again
        (await ReadAsync<int>("select subject::int from trial.effect where queue = 'stamp' order by 1")).ShouldBe(Enumerable.Range(0, 40));
        (await ReadAsync<long>("select count(*) from trial.effect where queue = 'sheet'")).ShouldBe([4]);
    }

    [Fact]
    public async Task a_page_that_loses_its_connection_leaves_nothing_behind()
    {
        var first = true;
        Board.On("stamp", async (_, _) =>
        {
            if (!first) return;
            first = false;
            await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'");
        });
        await Anna.Bus.InvokeAsync(new SellStamps(20));
        (await Anna.DrainAsync()).Ok.ShouldBeTrue();
        (await ReadAsync<long>("select count(*) from trial.effect where queue = 'stamp'")).ShouldBe([20]);
    }
}
