using System.Diagnostics;
using System.Globalization;
using System.Net;
using Association.Testing;

namespace Association.Benchmarks.Office;

/// <summary>
/// Many people at once: the office as it is delivered, with a demo's members, opened by 20, 50, 200 and 500 browsers that ask again as soon as they are
/// answered. Nobody gets an error, and 500 get as much done as 20: the limit is the rate of 20.
/// </summary>
internal sealed class LoadBenchmark : Benchmark
{
    private const int Few = 20;
    private const int Sessions = 20;

    private static readonly int[] Crowds = [Few, 50, 200, 500];
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(15);

    public override string Name => "load";

    public override async Task<Ratio> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("association-load-").FullName;
        try
        {
            using var office = StartOffice(folder);
            try
            {
                return await RunAsync(office);
            }
            finally
            {
                using (var interrupt = Process.Start("kill", ["-INT", office.Id.ToString(CultureInfo.InvariantCulture)]))
                    await interrupt.WaitForExitAsync();
                await office.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Ratio> RunAsync(Process office)
    {
        var address = await OfficeProgram.AddressAsync(office);
        _ = office.StandardOutput.ReadToEndAsync(); // whatever else it says must not fill the pipe
        var visits = new List<HttpVisit>();
        for (var session = 0; session < Sessions; session++)
            visits.Add(await new HttpVisit(address).SignInAsync(session % 2 == 0 ? "office" : "office2"));
        var members = (await visits[0].ReadAsync("/office/members"))
            .QuerySelectorAll("a[href^='/office/members/']")
            .Select(a => a.GetAttribute("href")!)
            .Where(path => path.Split('/') is [.., var number] && number.All(char.IsAsciiDigit))
            .Distinct()
            .ToList();
        var work = new (string What, Func<int, Task<HttpResponseMessage>> Ask, HttpStatusCode Expected)[]
        {
            ("Heute", browser => visits[browser % Sessions].GetAsync("/office"), HttpStatusCode.OK),
            ("members", browser => visits[browser % Sessions].GetAsync("/office/members"), HttpStatusCode.OK),
            ("a form opened and posted", browser => PostAsync(visits[browser % Sessions], members[browser % members.Count]), HttpStatusCode.Found),
        };
        var worst = 0.0;
        foreach (var (what, ask, expected) in work)
        {
            await CrowdAsync(Few, TimeSpan.FromSeconds(5), ask, expected); // compiled, and read into memory
            var rates = new List<double>();
            foreach (var crowd in Crowds)
            {
                var (rate, slowest) = await CrowdAsync(crowd, Turn, ask, expected);
                rates.Add(rate);
                Console.WriteLine(
                    FormattableString.Invariant(
                        $"  {what, -26} {crowd, 4} at once {rates[^1], 8:0.0} a second, the slowest of 100 after {slowest.TotalMilliseconds, 7:0} ms, "
                    ) + FormattableString.Invariant($"{Resident(office.Id) / 1024, 5} MB")
                );
            }
            worst = Math.Max(worst, rates[0] / rates.Min());
        }
        foreach (var visit in visits)
            visit.Dispose();
        return new Ratio(worst);
    }

    // A contact is added, a new one each time.
    private static Task<HttpResponseMessage> PostAsync(HttpVisit visit, string member) =>
        visit.SubmitAsync($"{member}/people/new", "contact", ("Name", $"Kontakt {Guid.CreateVersion7():N}"), ("Kind", "Contact"));

    // Everybody's last answer counts, and the time until it is there.
    /// <exception cref="InvalidOperationException">Somebody got another answer than expected.</exception>
    private static async Task<(double Rate, TimeSpan Slowest)> CrowdAsync(
        int browsers,
        TimeSpan turn,
        Func<int, Task<HttpResponseMessage>> ask,
        HttpStatusCode expected
    )
    {
        var start = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(
            Enumerable
                .Range(0, browsers)
                .Select(async browser =>
                {
                    var own = new List<TimeSpan>();
                    while (Stopwatch.GetElapsedTime(start) < turn)
                    {
                        var asked = Stopwatch.GetTimestamp();
                        using var answer = await ask(browser);
                        if (answer.StatusCode != expected)
                            throw new InvalidOperationException($"One of {browsers} got {answer.StatusCode}.");
                        await answer.Content.ReadAsByteArrayAsync();
                        own.Add(Stopwatch.GetElapsedTime(asked));
                    }
                    return own;
                })
        );
        var all = times.SelectMany(t => t).Order().ToList();
        return (all.Count / Stopwatch.GetElapsedTime(start).TotalSeconds, all[all.Count * 99 / 100]);
    }

    private static Process StartOffice(string folder) =>
        OfficeProgram.Start(
            new Dictionary<string, string?>
            {
                ["Limits__SignInsPerMinute"] = "10000", // all of them sit at one address
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            },
            "--data",
            folder
        );

    // Kilobytes.
    private static long Resident(int process) =>
        File.ReadLines($"/proc/{process}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
            .Single();
}
