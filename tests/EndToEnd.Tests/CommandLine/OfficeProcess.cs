using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Shouldly;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>The office itself in a process of its own, as <c>./run.sh</c> without a verb starts it.</summary>
internal sealed class OfficeProcess : IDisposable
{
    private readonly Process _process;

    private OfficeProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it says it is open.</summary>
    public Uri Address { get; }

    /// <summary>Starts it on the embedded database of a folder and waits until it says that it is open.</summary>
    public static Task<OfficeProcess> StartAsync(string data) => StartAsync(OfficeProgram.In(data));

    /// <summary>Starts it and waits until it says that it is open.</summary>
    public static async Task<OfficeProcess> StartAsync(OfficeProgram program, params string[] options)
    {
        var process = program.Start(options, readErrors: false);
        const string open = "The office is open: ";
        var line = await process.StandardOutput.ReadLineAsync();
        line.ShouldNotBeNull().ShouldStartWith(open);
        return new OfficeProcess(process, new Uri(line[open.Length..]));
    }

    /// <summary>What a load balancer asks.</summary>
    public async Task<bool> IsReadyAsync() => (await ReadinessAsync()).Status == HttpStatusCode.OK;

    /// <summary>What an operator reads.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Report)> ReadinessAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(Address, "/health/ready"));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>SIGKILL: nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
