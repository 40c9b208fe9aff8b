using System.Text.Json;
using Association.EndToEnd.Tests.Hosts;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>An installation of its own, used through the program's command line only.</summary>
public sealed class OfficeByCommandLine : IAsyncLifetime
{
    private SharedInstallation? _installation;

    /// <summary>A folder for the test's own files; it goes with the installation.</summary>
    public string Files => Installation.Files;

    private SharedInstallation Installation => _installation!;

    public async Task InitializeAsync() => _installation = await SharedInstallation.CreateAsync();

    /// <inheritdoc cref="OfficeProgram.RunAsync"/>
    public Task<JsonElement> RunAsync(params string[] verb) => Installation.Program.RunAsync(verb);

    /// <summary>Runs a verb that prints JSON to its end, whatever it says.</summary>
    public Task<(int Exit, string Output, string Error)> TryAsync(params string[] verb) => Installation.Program.TryAsync([.. verb, "--json"]);

    public async Task DisposeAsync() => await Installation.DisposeAsync();
}
