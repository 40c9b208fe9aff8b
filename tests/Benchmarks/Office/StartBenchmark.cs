using System.Diagnostics;
using System.Globalization;
using Association.Testing;

namespace Association.Benchmarks.Office;

/// <summary>
/// What somebody waits for who types a verb, or who opens the office: a process that starts, looks at the schema, and answers. The limit is the processor
/// time that a verb may take.
/// </summary>
internal sealed class StartBenchmark : Benchmark
{
    private const int Rounds = 7;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public override string Name => "start";

    public override async Task<Ratio> RunAsync()
    {
        await using var server = await OwnServer.StartAsync(new Dictionary<string, string>());
        var folder = Directory.CreateTempSubdirectory("association-start-").FullName;
        try
        {
            var environment = new Dictionary<string, string?>
            {
                ["ConnectionStrings__Association"] = server.ConnectionString,
                ["ASSOCIATION_DATA"] = folder,
                ["ASPNETCORE_URLS"] = null,
            };
            await VerbAsync(environment); // creates the schema
            var (processor, wall) = (new List<TimeSpan>(), new List<TimeSpan>());
            for (var round = 0; round < Rounds; round++)
            {
                var (used, took) = await VerbAsync(environment);
                processor.Add(used);
                wall.Add(took);
            }
            Print($"a verb, settings show: processor time (median of {Rounds})", Median(processor));
            Print("from its start to its end", Median(wall));

            var (open, first, second) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
            for (var round = 0; round < Rounds; round++)
            {
                var opened = await OpenAsync(environment);
                open.Add(opened.Open);
                first.Add(opened.First);
                second.Add(opened.Second);
            }
            Print("the office: from its start until it says that it is open", Median(open));
            Print("its first page after that", Median(first));
            Print("the same page again", Median(second));
            return new Ratio(Median(processor) / Limit);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(TimeSpan Processor, TimeSpan Wall)> VerbAsync(Dictionary<string, string?> environment)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), ChildrensProcessorTime());
        using var process = OfficeProgram.Start(environment, "settings", "show");
        var said = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var took = Stopwatch.GetElapsedTime(start);
        await said;
        return process.ExitCode == 0
            ? (ChildrensProcessorTime() - before, took)
            : throw new InvalidOperationException($"The verb ended with {process.ExitCode}: {await said}");
    }

    // What an ended process used is known to the one that started it only: fields 16 and 17 of its own line, in hundredths of a second.
    private static TimeSpan ChildrensProcessorTime()
    {
        var fields = File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)));
    }

    private static async Task<(TimeSpan Open, TimeSpan First, TimeSpan Second)> OpenAsync(Dictionary<string, string?> environment)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = OfficeProgram.Start(environment);
        try
        {
            var address = await OfficeProgram.AddressAsync(process);
            var open = Stopwatch.GetElapsedTime(start);
            using var http = new HttpClient { BaseAddress = address };
            return (open, await PageAsync(http), await PageAsync(http));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static Task<TimeSpan> PageAsync(HttpClient http) => TimeAsync(() => http.GetStringAsync(new Uri("/sign-in", UriKind.Relative)));

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
