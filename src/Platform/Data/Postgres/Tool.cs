using System.Diagnostics;

namespace Association.Platform.Data.Postgres;

/// <summary>A program's exit code and all that it printed.</summary>
internal sealed record ToolResult(int ExitCode, string Output);

/// <summary>Runs the small programs that come with PostgreSQL.</summary>
internal static class Tool
{
    /// <summary>Runs to the end, as the account when one is given.</summary>
    public static async Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, ServerAccount? account, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/", // the account may not be allowed into ours
        };
        if (account is { IsSelf: false })
            start.UserName = account.Name;
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name); // a PGDATA or PGPORT of the shell means another server
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new(process.ExitCode, (await output + await errors).Trim());
    }
}
