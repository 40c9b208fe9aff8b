using Association.Messaging.Tests.Crashes;
using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Stopping;

/// <summary>A host stops in the middle of its work: that costs no attempt, makes no dead letter, and leaves nothing half done. The next host goes on.</summary>
public sealed class ShutdownTests() : TrialOffice(working: false)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task a_process_that_is_asked_to_stop_under_load_ends_well()
    {
        await using var child = await ChildProcess.StartAsync("work-slowly", Office.ConnectionString);
        for (var i = 0; i < 100; i++)
            await Anna.Bus.PublishAsync(new ThingMade($"{i}"));
        await Anna.Bus.InvokeAsync(new SellStamps(100));
        await UntilAsync(async () => (await EffectsAsync()).Any(e => e.StartsWith("first", StringComparison.Ordinal)));
        await child.TerminateAsync();
        (await child.EndAsync()).ShouldBe(0);

        (await EffectsAsync()).Count.ShouldBeLessThan(310);
        await ShouldCostNothingAsync(expected: 100 + 100 + 100 + 10);
    }

    [Fact]
    public async Task handlers_that_take_cancellation_well_or_turn_it_into_something_else_cost_no_attempt()
    {
        var (well, badly) = (new TaskCompletionSource(), new TaskCompletionSource());
        var host = await HostAsync(board =>
        {
            board.On(
                "first",
                async (_, ct) =>
                {
                    well.TrySetResult();
                    await Task.Delay(Timeout.Infinite, ct);
                }
            );
            board.On(
                "letter",
                async (_, ct) =>
                {
                    badly.TrySetResult();
                    await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => { }, CancellationToken.None);
                    throw new NotSupportedException("a handler that turns cancellation into something else, of which its policy makes a dead letter");
                }
            );
        });
        await Anna.Bus.PublishAsync(new ThingMade("chair"));
        await Anna.Bus.PublishAsync(new LetterDue("Lebach", Money.Zero));
        await Task.WhenAll(well.Task, badly.Task);
        await StopAsync(host);

        await ShouldCostNothingAsync(expected: 3);
    }

    [Fact]
    public async Task a_handler_that_does_not_listen_to_cancellation_is_let_finish_and_its_effect_counts()
    {
        var (started, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        var runs = 0;
        var host = await HostAsync(board =>
            board.On(
                "first",
                async (_, _) =>
                {
                    Interlocked.Increment(ref runs);
                    started.TrySetResult();
                    await released.Task;
                }
            )
        );
        await Anna.Bus.PublishAsync(new ThingMade("chair"));
        await started.Task;
        var stopping = StopAsync(host);
        await Task.Delay(4 * Grace); // long after its cancellation
        released.SetResult();
        await stopping;

        await ShouldCostNothingAsync(expected: 2);
        runs.ShouldBe(1);
    }

    [Fact]
    public async Task a_handler_that_never_ends_holds_the_stop_no_longer_than_the_host_allows()
    {
        var (started, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        var host = await HostAsync(board =>
            board.On(
                "first",
                async (_, _) =>
                {
                    started.TrySetResult();
                    await released.Task;
                }
            )
        );
        await Anna.Bus.PublishAsync(new ThingMade("chair"));
        await started.Task;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1)); // HostOptions.ShutdownTimeout
        foreach (var background in host.GetServices<IHostedService>())
            await Record
                .ExceptionAsync(() => background.StopAsync(patience.Token).WaitAsync(TimeSpan.FromSeconds(20)))
                .ShouldNotBeOfTypeAsync<TimeoutException>();
        released.SetResult();
        await host.DisposeAsync();

        await ShouldCostNothingAsync(expected: 2);
    }

    [Fact]
    public async Task a_host_whose_database_connections_are_gone_before_its_handlers_end_leaves_their_messages_to_the_next()
    {
        var (started, disposed) = (new TaskCompletionSource(), new TaskCompletionSource());
        var host = await HostAsync(board =>
            board.On(
                "first",
                async (_, _) =>
                {
                    started.TrySetResult();
                    await disposed.Task;
                    throw new ObjectDisposedException("and so is what the handler works with");
                }
            )
        );
        await Anna.Bus.PublishAsync(new ThingMade("chair"));
        await started.Task;
        var stopping = StopAsync(host);
        await Task.Delay(4 * Grace); // long after its cancellation
        await host.GetRequiredService<Npgsql.NpgsqlDataSource>().DisposeAsync();
        disposed.SetResult();
        await Record.ExceptionAsync(() => stopping.WaitAsync(TimeSpan.FromSeconds(30))).ShouldNotBeOfTypeAsync<TimeoutException>();

        await ShouldCostNothingAsync(expected: 2);
    }

    private Task<ServiceProvider> HostAsync(Action<Switchboard> behave) =>
        HostAsync(
            Office.ConnectionString,
            options =>
            {
                Mixture.Configure(options);
                options.ShutdownGrace = Grace;
            },
            behave
        );

    /// <summary>The next host finds everything as it was: nothing tried, nothing dead, and each effect once when it is done.</summary>
    private async Task ShouldCostNothingAsync(int expected)
    {
        (await ReadAsync<string>("select exception_text from messaging.dead_letter")).ShouldBeEmpty();
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
        var report = await Anna.DrainAsync();
        report.Handled.Count.ShouldBe(expected);
        report.Handled.ShouldAllBe(m => m.Attempts == 0);
        report.DeadLettered.ShouldBeEmpty();
        report.Scheduled.ShouldBeEmpty();
        (await EffectsAsync()).Count.ShouldBe(expected);
        (await EffectsAsync()).ShouldBeUnique();
    }
}

file static class RecordedExceptions
{
    public static async Task ShouldNotBeOfTypeAsync<T>(this Task<Exception?> recorded)
        where T : Exception => (await recorded).ShouldNotBeOfType<T>();
}
