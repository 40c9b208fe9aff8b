using System.Diagnostics;
using System.Text.Json;
using Shouldly;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>An installation of its own in a folder of its own, used through the program's command line in child processes.</summary>
internal sealed class OfficeByCommandLine : IDisposable
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), "association-" + Guid.CreateVersion7().ToString("N")[^12..]);

    /// <summary>A folder for the test's own files; it goes with the installation.</summary>
    public string Files { get; } = Directory.CreateTempSubdirectory("association-files-").FullName;

    /// <summary>Runs a verb to its end and returns its JSON.</summary>
    /// <exception cref="ShouldAssertException">The verb failed; the message holds what it said.</exception>
    public async Task<JsonElement> RunAsync(params string[] verb)
    {
        var (exit, output, error) = await TryAsync(verb);
        exit.ShouldBe(0, $"{string.Join(' ', verb)}\n{error}");
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Runs a verb to its end, whatever it says.</summary>
    public async Task<(int Exit, string Output, string Error)> TryAsync(params string[] verb)
    {
        using var process = Start(verb);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Starts a verb and kills it (SIGKILL, no clean-up) after a while, or lets it finish if it is faster.</summary>
    public async Task KillAfterAsync(TimeSpan after, params string[] verb)
    {
        using var process = Start(verb);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(after);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(); // this process only: the database server is another one and survives, as after a crash
            await process.WaitForExitAsync();
        }
        await Task.WhenAll(output, error);
    }

    private Process Start(string[] verb)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "association.dll"));
        foreach (var word in verb) start.ArgumentList.Add(word);
        foreach (var word in (string[])["--data", _data, "--json"]) start.ArgumentList.Add(word);
        start.Environment.Remove("ConnectionStrings__Association");
        return Process.Start(start)!;
    }

    public void Dispose()
    {
        foreach (var folder in (string[])[_data, Files])
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
