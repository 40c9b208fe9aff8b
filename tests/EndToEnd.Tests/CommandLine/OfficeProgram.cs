using System.Diagnostics;
using System.Text.Json;
using Association.Host.Startup;
using Shouldly;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>
/// The program as it is delivered, and the database on which it works. Verbs run inside this process, through the program's one entry and with a console of
/// their own; what the operating system has a part in (a kill, a signal, the environment) runs as a process.
/// </summary>
internal sealed class OfficeProgram
{
    private const string Address = "ConnectionStrings__Association";

    // What other tests of this process may have set for themselves.
    private readonly Dictionary<string, string?> _environment = new(StringComparer.Ordinal) { [Address] = null, ["ASPNETCORE_URLS"] = null };
    private readonly string[] _options = [];

    private OfficeProgram(string connectionString) => _environment[Address] = connectionString;

    private OfficeProgram(string[] options) => _options = options;

    /// <summary>On the embedded database of a folder.</summary>
    public static OfficeProgram In(string folder) => new(["--data", folder]);

    /// <summary>On a server of one's own.</summary>
    public static OfficeProgram On(string connectionString) => new(connectionString);

    /// <summary>The same with a setting more, by the name of its environment variable.</summary>
    public OfficeProgram With(string setting, string value)
    {
        _environment[setting] = value;
        return this;
    }

    /// <summary>Starts it with these words on its command line.</summary>
    public Process Start(IEnumerable<string> words, bool readErrors = true, bool types = false)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "association.dll"), .. words, .. _options])
        {
            RedirectStandardInput = types,
            RedirectStandardOutput = true,
            RedirectStandardError = readErrors,
        };
        foreach (var (name, value) in _environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    /// <summary>Runs a verb to its end, whatever it says.</summary>
    public Task<(int Exit, string Output, string Error)> TryAsync(params string[] verb)
    {
        var settings = _environment.Select(e => $"--{e.Key.Replace("__", ":", StringComparison.Ordinal)}={e.Value}");
        return Terminal.RunAsync(() => Task.Run(() => CommandLineRoot.RunAsync([.. verb, .. _options], [.. settings])));
    }

    /// <summary>Runs a verb to its end in a process of its own, whatever it says.</summary>
    public async Task<(int Exit, string Output, string Error)> TryProcessAsync(params string[] verb)
    {
        using var process = Start(verb);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs a verb to its end with these lines on its standard input.</summary>
    public async Task<(int Exit, string Output, string Error)> TypeAsync(string lines, params string[] verb)
    {
        using var process = Start(verb, types: true);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(lines);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended without reading them
        }
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs a verb to its end and returns its JSON.</summary>
    /// <exception cref="ShouldAssertException">The verb failed; the message holds what it said.</exception>
    public async Task<JsonElement> RunAsync(params string[] verb) => Answer(verb, await TryAsync([.. verb, "--json"]));

    /// <inheritdoc cref="RunAsync"/>
    /// <remarks>In a process of its own.</remarks>
    public async Task<JsonElement> RunProcessAsync(params string[] verb) => Answer(verb, await TryProcessAsync([.. verb, "--json"]));

    private static JsonElement Answer(string[] verb, (int Exit, string Output, string Error) said)
    {
        said.Exit.ShouldBe(0, $"{string.Join(' ', verb)}\n{said.Error}");
        return JsonDocument.Parse(said.Output).RootElement;
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
}
