using System.Diagnostics;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Benchmarks.Messaging;

/// <summary>
/// Messages through the bus beside graphile-worker, pg-boss and the bare server, on one PostgreSQL with durable commits. The ratios are those
/// of the stricter measure and compare messages a second (more is better): each published in a transaction of its own, handled in its own
/// with a row in the handler's table, published and handled at the same time, from the first publish until nothing is left.
/// </summary>
internal sealed class MessagingBenchmark : Benchmark
{
    private const int Clients = 8;
    private const int Singles = 20_000;
    private const int Bulk = 50_000;
    private const int Rounds = 3;

    public override string Name => "messaging";

    public override async Task<Ratio> RunAsync()
    {
        await using var host = await BusHost.StartAsync();
        var peers = await Peers.InstallAsync();
        if (!peers)
            Console.WriteLine("  npm could not install the peers: they are not measured");

        await BatchAsync(host, peers);
        await LatencyAsync(host);
        await DueAtOnceAsync(host);
        await HandledRowsAsync(host);
        await MemoryAsync(host);
        return await SinglesAsync(host, peers);
    }

    private static async Task<Ratio> SinglesAsync(BusHost host, bool peers)
    {
        var (limits, ours, mapped) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++) // the first does not count
        {
            var count = round == 0 ? Singles / 10 : Singles;
            await RawLimit.EmptyAsync(host);
            var limit = count / (await TimeAsync(() => RawLimit.SingleAsync(host.Database, count, Clients))).TotalSeconds;
            var bus = await ThroughAsync(host, count, i => new Counted(i));
            var ef = await ThroughAsync(host, count, i => new Mapped(i));
            if (round == 0)
                continue;
            limits.Add(limit);
            ours.Add(bus);
            mapped.Add(ef);
        }
        Console.WriteLine(
            $"  one publish a transaction, one handler a transaction with an effect ({Singles:N0} messages, {Clients} publishers, {Clients} handlers, median of {Rounds}):"
        );
        PerSecond("insert and skip-locked delete, each in a transaction", Median(limits));
        PerSecond("the bus, effect by SQL", Median(ours));
        PerSecond("the bus, effect by the module's context", Median(mapped));
        return new Ratio(
            Median(ours) / Median(limits),
            await BestPeerAsync(host, peers, "single", "--concurrency", "4", "--concurrency", "10", "--concurrency", "20") is { } best
                ? Median(ours) / best
                : null
        );
    }

    private static async Task BatchAsync(BusHost host, bool peers)
    {
        var limits = new List<double>();
        var ours = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            await RawLimit.EmptyAsync(host);
            var limit = Bulk / (await TimeAsync(() => RawLimit.BatchAsync(host.Database, Bulk, 2))).TotalSeconds;
            await host.StartWorkersAsync();
            var bus =
                Bulk
                / (
                    await TimeAsync(async () =>
                    {
                        await FloodAsync(host, Bulk, 5_000);
                        await host.EmptyAsync();
                    })
                ).TotalSeconds;
            await host.StopWorkersAsync();
            if (round == 0)
                continue;
            limits.Add(limit);
            ours.Add(bus);
        }
        Console.WriteLine($"  in bulk ({Bulk:N0} messages, published 5,000 a transaction, median of {Rounds}):");
        PerSecond("insert and skip-locked delete by 100", Median(limits));
        PerSecond("the bus", Median(ours));
        if (await BestPeerAsync(host, peers, "batch") is { } best)
            Console.WriteLine(
                FormattableString.Invariant($"  batch ratio-to-limit={Median(ours) / Median(limits):0.00} ratio-to-peer={Median(ours) / best:0.00}")
            );
    }

    private static async Task LatencyAsync(BusHost host)
    {
        await host.StartWorkersAsync();
        await using var scope = host.Scope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        var times = new List<double>();
        for (var i = 0; i < 500; i++)
        {
            PingHandler.Arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await bus.PublishAsync(new Ping(i));
            var committed = Stopwatch.GetTimestamp();
            await PingHandler.Arrived.Task;
            times.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
            await Task.Delay(5); // idle again
        }
        await host.StopWorkersAsync();
        times.Sort();
        Console.WriteLine(
            FormattableString.Invariant(
                $"  from commit to handler, idle: median {times[250]:0.0} ms, 95 of 100 within {times[475]:0.0} ms, 99 within {times[495]:0.0} ms"
            )
        );
    }

    private static async Task DueAtOnceAsync(BusHost host)
    {
        const int count = 10_000;
        await using var scope = host.Scope();
        var due = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 4_000);
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(new Flood(0, count, due));
        await host.StartWorkersAsync();
        await host.EmptyAsync();
        var late = TimeProvider.System.GetUtcNow() - due;
        await host.StopWorkersAsync();
        Console.WriteLine(
            FormattableString.Invariant($"  {count:N0} scheduled messages due at once: the last is handled {late.TotalMilliseconds:0} ms after its time")
        );
    }

    /// <summary>What a message costs must not grow with the memory of those that were handled.</summary>
    private static async Task HandledRowsAsync(BusHost host)
    {
        async Task<double> CostAsync()
        {
            var costs = new List<double>();
            for (var i = 0; i < Rounds; i++)
                costs.Add(await ThroughAsync(host, Singles / 2, n => new Counted(n)));
            return 1_000_000 / Median(costs);
        }
        await host.ExecuteAsync("truncate messaging.trail, bench.effect");
        await CostAsync();
        await host.ExecuteAsync("truncate messaging.trail, bench.effect");
        var none = await CostAsync();
        await host.ExecuteAsync(
            """
            insert into messaging.trail (id, queue, name, correlation_id, ended_at)
            select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || substr(md5(n::text), 1,
              15))::uuid,
                   'bench.counted/counted', 'bench.counted', gen_random_uuid(), at
              from (select n, now() - interval '6 days' + n * interval '0.25 seconds' as at from generate_series(1, 2000000) as n) as old
            """
        );
        await host.ExecuteAsync("vacuum analyze messaging.trail");
        var many = await CostAsync();
        await host.ExecuteAsync("truncate messaging.trail, bench.effect");
        Console.WriteLine(
            FormattableString.Invariant($"  a message with 0 handled rows kept: {none:0} µs, with 2,000,000: {many:0} µs ({many / none - 1:+0 %;-0 %})")
        );
    }

    private static async Task MemoryAsync(BusHost host)
    {
        const int all = 200_000;
        const int step = 20_000;
        await host.StartWorkersAsync();
        var levels = new List<double>();
        for (var from = 0; from < all; from += step)
        {
            await FloodAsync(host, step, 5_000);
            await host.EmptyAsync();
            GC.Collect();
            levels.Add(GC.GetTotalMemory(true) / 1e6);
        }
        await host.StopWorkersAsync();
        await host.ExecuteAsync("truncate messaging.trail");
        Console.WriteLine(
            FormattableString.Invariant(
                $"  memory over {all:N0} messages: {levels[0]:0.0} MB after {step:N0}, {levels[levels.Count / 2]:0.0} MB in the middle, {levels[^1]:0.0} MB at the end"
            )
        );
    }

    /// <summary>Messages a second, published and handled at the same time.</summary>
    private static async Task<double> ThroughAsync(BusHost host, int count, Func<int, object> message)
    {
        await host.StartWorkersAsync();
        var next = -1;
        var time = await TimeAsync(async () =>
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, Clients)
                    .Select(_ =>
                        Task.Run(async () =>
                        {
                            while (Interlocked.Increment(ref next) is var i && i < count)
                            {
                                await using var scope = host.Scope();
                                await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(message(i));
                            }
                        })
                    )
            );
            await host.EmptyAsync();
        });
        await host.StopWorkersAsync();
        return count / time.TotalSeconds;
    }

    private static async Task FloodAsync(BusHost host, int count, int chunk)
    {
        for (var from = 0; from < count; from += chunk)
        {
            await using var scope = host.Scope();
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(new Flood(from, chunk));
        }
    }

    /// <summary>The better of the two, each with its best setting; null when they are not there.</summary>
    private static async Task<double?> BestPeerAsync(BusHost host, bool peers, string measure, params string[] settings)
    {
        if (!peers)
            return null;
        double? best = null;
        foreach (var peer in Peers.All)
        {
            var rates = new List<double>();
            foreach (
                var setting in settings.Length == 0
                    ?
                    [
                        [],
                        [],
                        [],
                    ]
                    : settings.Chunk(2)
            )
                rates.Add(await Peers.MeasureAsync(peer, measure, host.ConnectionString, setting));
            PerSecond($"{peer}, best of {rates.Count}", rates.Max());
            best = Math.Max(best ?? 0, rates.Max());
        }
        return best;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void PerSecond(string what, double rate) => Console.WriteLine(FormattableString.Invariant($"    {what, -56} {rate, 10:N0} /s"));
}
