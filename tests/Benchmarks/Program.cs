using Association.Benchmarks;

var name = args.FirstOrDefault(a => !a.StartsWith('-')) ?? "";
var chosen = Benchmark.All.Where(b => b.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"No benchmark is called like '{name}'. Known: {string.Join(", ", Benchmark.All.Select(b => b.Name))}");
    return 1;
}
foreach (var benchmark in chosen)
{
    Console.WriteLine($"== {benchmark.Name}");
    var ratio = await benchmark.RunAsync();
    Console.WriteLine(
        FormattableString.Invariant(
            $"{benchmark.Name} ratio-to-limit={ratio.ToLimit:0.00} ratio-to-peer={(ratio.ToPeer is { } p ? FormattableString.Invariant($"{p:0.00}") : "none")}"
        )
    );
}
return 0;
