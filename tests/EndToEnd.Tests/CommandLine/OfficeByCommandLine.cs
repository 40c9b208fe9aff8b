using System.Text.Json;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>An installation of its own in a folder of its own, used through the program's command line in child processes.</summary>
public sealed class OfficeByCommandLine : IDisposable
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), "association-" + Guid.CreateVersion7().ToString("N")[^12..]);

    /// <summary>A folder for the test's own files; it goes with the installation.</summary>
    public string Files { get; } = Directory.CreateTempSubdirectory("association-files-").FullName;

    private OfficeProgram Program => OfficeProgram.In(_data);

    /// <inheritdoc cref="OfficeProgram.RunAsync"/>
    public Task<JsonElement> RunAsync(params string[] verb) => Program.RunAsync(verb);

    /// <summary>Runs a verb that prints JSON to its end, whatever it says.</summary>
    public Task<(int Exit, string Output, string Error)> TryAsync(params string[] verb) => Program.TryAsync([.. verb, "--json"]);

    /// <inheritdoc cref="OfficeProgram.KillAfterAsync"/>
    public Task KillAfterAsync(TimeSpan after, params string[] verb) => Program.KillAfterAsync(after, verb);

    public void Dispose()
    {
        foreach (var folder in (string[])[_data, Files])
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
