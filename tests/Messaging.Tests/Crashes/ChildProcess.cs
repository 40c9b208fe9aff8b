using System.Diagnostics;
using System.Globalization;

namespace Association.Messaging.Tests.Crashes;

/// <summary>This assembly in a process of its own, at work on a database: it can be killed, frozen, or asked to stop.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Starts one and waits until it says that it works.</summary>
    /// <param name="arguments">As <see cref="Program"/> takes them.</param>
    public static async Task<ChildProcess> StartAsync(params string[] arguments)
    {
        var child = await BeginAsync(arguments);
        while (await child.ReadLineAsync() != Program.Working)
        {
            // it starts
        }
        return child;
    }

    /// <summary>Starts one that may end before it says anything.</summary>
    public static Task<ChildProcess> BeginAsync(params string[] arguments) =>
        Task.FromResult(
            new ChildProcess(
                Process.Start(
                    new ProcessStartInfo(Environment.ProcessPath!, [typeof(ChildProcess).Assembly.Location, .. arguments])
                    {
                        RedirectStandardInput = true, // closed when this process ends, whichever way: then the child ends, too
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    }
                )!
            )
        );

    /// <summary>What it says next.</summary>
    /// <exception cref="InvalidOperationException">It ended.</exception>
    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
        ?? throw new InvalidOperationException($"The child process ended by itself. {await _process.StandardError.ReadToEndAsync()}");

    /// <summary>Nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        _process.Kill(); // SIGKILL
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as a service supervisor does.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>It lives, but does nothing.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>It goes on as if no time had passed.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        var errors = _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await errors;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {_process.Id}")]);
        await kill.WaitForExitAsync();
    }
}
