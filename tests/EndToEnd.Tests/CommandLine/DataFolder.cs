namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>A data folder that is not there yet, for the embedded database; it goes with the test.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>Absolute, and short enough for a socket.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "association-" + Guid.CreateVersion7().ToString("N")[^12..]);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
