using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Dapper;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Delivering;

/// <summary>The one rule of recovery: a claim is the row lock of the handler's own transaction and ends with it.</summary>
public sealed class ClaimTests()
    : TrialOffice(options =>
    {
        options.PollInterval = TimeSpan.FromMilliseconds(50);
        options.RetryDelayScale = 0;
    })
{
    [Fact]
    public async Task a_message_that_ends_its_transaction_again_and_again_is_parked()
    {
        var runs = 0;
        Board.On(
            "first",
            async (subject, _) =>
            {
                if (subject != "killer")
                    return;
                Interlocked.Increment(ref runs);
                await EndConnectionsAsync();
            }
        );
        await Anna.Bus.SendAsync(new ThingMade("killer"));
        await UntilAsync(async () =>
            (await TryReadAsync("select exception_text from messaging.dead_letter")) is [var text]
            && text.Contains("interrupted 10 times", StringComparison.Ordinal)
        );
        await Anna.Bus.SendAsync(new ThingMade("chair"));
        await UntilAsync(async () => (await EffectsAsync()).Contains("first:chair"));
        runs.ShouldBe(10);
    }

    [Fact]
    public async Task a_claim_that_was_given_back_is_no_interruption()
    {
        Board.On("letter", _ => throw new TimeoutException());
        await Anna.Bus.SendAsync(new LetterDue("Lebach", Platform.Data.Kernel.Money.Zero));
        await Anna.DrainAsync();
        (await ReadAsync<(int, int)>("select attempts, 0 from messaging.dead_letter")).ShouldBe([(3, 0)]); // the policy's count, not shortened by interruptions
    }

    // Every handler's connection, as when the server crashes.
    private async Task EndConnectionsAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Office.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'"
        );
    }

    private async Task<IReadOnlyList<string>> TryReadAsync(string sql)
    {
        try
        {
            return await ReadAsync<string>(sql);
        }
        catch (NpgsqlException)
        {
            return []; // our own connection was among those that ended
        }
    }
}
