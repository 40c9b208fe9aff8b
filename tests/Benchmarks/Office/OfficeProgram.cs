using System.Diagnostics;

namespace Association.Benchmarks.Office;

/// <summary>The program as it is delivered, in a process of its own.</summary>
internal static class OfficeProgram
{
    private const string Saying = "The office is open: ";

    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "association.dll");

    /// <summary>A verb; without arguments the office.</summary>
    public static Process Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits until the office says that it is open, and where.</summary>
    public static async Task<Uri> AddressAsync(Process office)
    {
        string? line;
        do line = await office.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The office did not open.");
        while (!line.StartsWith(Saying, StringComparison.Ordinal));
        return new Uri(line[Saying.Length..]);
    }
}
