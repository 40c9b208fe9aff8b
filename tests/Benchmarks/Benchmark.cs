using System.Diagnostics;

namespace Association.Benchmarks;

/// <summary>A measured thing beside the limit that it is held against, both measured in one run on one machine.</summary>
internal abstract class Benchmark
{
    /// <summary>Every benchmark of this project, by name.</summary>
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        .. typeof(Benchmark)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Benchmark)) && !t.IsAbstract)
            .Select(t => (Benchmark)Activator.CreateInstance(t)!)
            .OrderBy(b => b.Name, StringComparer.Ordinal),
    ];

    /// <summary>As <c>./bench.sh NAME</c> takes it.</summary>
    public abstract string Name { get; }

    /// <summary>Measures, prints the figures, and answers the ratio that is stated in docs/performance.md.</summary>
    public abstract Task<Ratio> RunAsync();

    /// <summary>The median of some rounds, after one that does not count.</summary>
    protected static async Task<TimeSpan> MedianAsync(int rounds, Func<Task> work)
    {
        await work();
        var times = new List<TimeSpan>(rounds);
        for (var i = 0; i < rounds; i++)
            times.Add(await TimeAsync(work));
        times.Sort();
        return times[rounds / 2];
    }

    /// <summary>How long it takes once.</summary>
    protected static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Prints a figure.</summary>
    protected static void Print(string what, TimeSpan time) =>
        Console.WriteLine(FormattableString.Invariant($"  {what, -58} {time.TotalMilliseconds, 10:0.0} ms"));
}

/// <summary>How many times the limit (or the peer) something takes; 1.0 is as fast as the limit.</summary>
internal sealed record Ratio(double ToLimit, double? ToPeer = null);
