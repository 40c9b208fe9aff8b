using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Storing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Wolverine;
using Xunit;

namespace Association.Messaging.Tests.Crashes;

/// <summary>A host loses its connections, or is so slow that another takes its work over.</summary>
public sealed class LostConnectionTests() : TrialOffice(Mixture.Configure, working: false)
{
    [Fact]
    public async Task when_every_connection_drops_again_and_again_nothing_is_lost_and_nothing_is_there_twice()
    {
        var mixture = new Mixture();
        await mixture.PublishAsync(Anna.Bus, 150);
        var hosts = new[] { await HostAsync(Office.ConnectionString, Mixture.Configure), await HostAsync(Office.ConnectionString, Mixture.Configure) };
        for (var i = 0; i < 4; i++)
        {
            await Task.Delay(Random.Shared.Next(100));
            await TerminateAsync("pid <> pg_backend_pid()");
        }
        await UntilAsync(async () => mixture.Missing((await ReadAsync<long>($"select count(*) from ({Mixture.Effects}) as effects"))[0]) <= 0);
        foreach (var host in hosts)
            await StopAsync(host);
        (await Anna.DrainAsync()).DeadLettered.ShouldBeEmpty();
        mixture.ShouldBeExactly(await ReadAsync<string>(Mixture.Effects));
    }

    [Fact]
    public async Task what_the_server_commits_only_after_the_node_had_looked_for_it_is_handled_all_the_same()
    {
        const string Queue = "trial.thing-made/first-thing-made";
        await using var host = await HostAsync(Office.ConnectionString, Mixture.Configure);
        var queues = host.GetRequiredService<OwnQueues>();
        var (id, body) = (Guid.CreateVersion7(), """{"name": "chair"}""");
        var envelope = MessageWriter.Seal(id, "trial.thing-made", Queue, body);
        await using (var lost = new NpgsqlConnection(Office.ConnectionString))
            await Should.ThrowAsync<NpgsqlException>(queues.CommitAsync(lost, [envelope], () => throw new NpgsqlException("The answer never came.")));
        await UntilAsync(() => Task.FromResult(envelope.Status == EnvelopeStatus.Handled)); // it was not there

        await StoreAsync(id, queues.Runtime!.DurabilitySettings.AssignedNodeNumber, Queue, "trial.thing-made", body);
        await UntilAsync(async () => (await EffectsAsync()).Count == 1);
        await StopAsync(host);
        (await EffectsAsync()).ShouldBe(["first:chair"]);
    }

    [Fact]
    public async Task a_handler_whose_connection_is_cut_after_its_write_has_one_effect_together_with_the_host_that_takes_over()
    {
        var (written, cut) = (new TaskCompletionSource(), new TaskCompletionSource());
        var runs = 0;
        async Task Hold(string _, CancellationToken ct)
        {
            if (Interlocked.Increment(ref runs) > 1)
                return;
            written.SetResult();
            await cut.Task;
        }
        ServiceProvider[] hosts =
        [
            await HostAsync(Office.ConnectionString, Mixture.Configure, Behave),
            await HostAsync(Office.ConnectionString, Mixture.Configure, Behave),
        ];
        await Anna.Bus.PublishAsync(new ThingMade("chair"));
        await written.Task;
        await TerminateAsync("pid in (select pid from pg_locks where relation = 'trial.effect'::regclass and mode = 'RowExclusiveLock')");
        cut.SetResult();
        await UntilAsync(async () => (await EffectsAsync()).Count == 2);
        foreach (var host in hosts)
            await StopAsync(host);
        runs.ShouldBeGreaterThan(1);
        (await Anna.DrainAsync()).DeadLettered.ShouldBeEmpty();
        (await EffectsAsync()).Order().ShouldBe(["first:chair", "second:chair"]);

        void Behave(Switchboard board) => board.On("first", Hold);
    }

    [Fact]
    public async Task a_frozen_process_neither_stops_the_other_host_nor_doubles_anything_when_it_goes_on()
    {
        await using var frozen = await ChildProcess.StartAsync("work-slowly", Office.ConnectionString);
        for (var i = 0; i < 60; i++)
            await Anna.Bus.PublishAsync(new ThingMade($"before {i}"));
        await UntilAsync(async () => (await EffectsAsync()).Any(e => e.StartsWith("first", StringComparison.Ordinal)));
        await frozen.FreezeAsync();
        var host = await HostAsync(Office.ConnectionString, Mixture.Configure);
        for (var i = 0; i < 20; i++)
            await Anna.Bus.PublishAsync(new ThingMade($"after {i}"));
        await UntilAsync(async () => (await EffectsAsync()).Count(e => e.Contains(":after", StringComparison.Ordinal)) == 40);
        await ExecuteAsync("select pg_sleep(1.5)"); // longer than a handler may be silent
        await frozen.ThawAsync();
        await UntilAsync(async () => (await EffectsAsync()).Count >= 160);
        await frozen.TerminateAsync();
        (await frozen.EndAsync()).ShouldBe(0);
        await StopAsync(host);
        (await Anna.DrainAsync()).DeadLettered.ShouldBeEmpty();
        (await EffectsAsync()).Order().ShouldBe(Names().SelectMany(n => new[] { $"first:{n}", $"second:{n}" }).Order());

        static IEnumerable<string> Names() => Enumerable.Range(0, 60).Select(i => $"before {i}").Concat(Enumerable.Range(0, 20).Select(i => $"after {i}"));
    }

    // Connections of this test are among them: it asks on one that is not pooled.
    private async Task TerminateAsync(string which)
    {
        await using var connection = new NpgsqlConnection(Office.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and {which}",
            connection
        );
        await command.ExecuteNonQueryAsync();
        Office.Database.Clear();
    }
}
