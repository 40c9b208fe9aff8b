using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Association.Platform.Data.Postgres;

/// <summary>The programs of one PostgreSQL release.</summary>
/// <param name="Folder">Holds <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>.</param>
/// <param name="Major">15, 16, 17 …</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest release that the product's SQL runs on.</summary>
    public const int OldestMajor = 15;

    private const string HowToInstall =
        "Install it with 'apt-get install postgresql' (Debian, Ubuntu), or fetch it into the clone with 'npm ci --ignore-scripts --prefix eng/postgres', "
        + "or name a server in ConnectionStrings__Association.";

    private static readonly string[] Programs = ["postgres", "initdb", "pg_ctl"];
    private static readonly string[] SystemFolders = ["/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt"];

    /// <summary>A program's path.</summary>
    public string this[string program] => Path.Combine(Folder, program);

    /// <summary>The release that fits the cluster in the folder, or the newest for a new cluster.</summary>
    /// <exception cref="PostgresUnavailableException">There is none.</exception>
    public static async Task<PostgresBinaries> ForAsync(ServerFolder folder, CancellationToken ct)
    {
        var found = await FindAsync(ct);
        var cluster = await ClusterMajorAsync(folder, ct);
        var fitting = found.Where(b => cluster is null ? b.Major >= OldestMajor : b.Major == cluster).MaxBy(b => b.Major);
        if (fitting is not null)
            return await NpmBinaries.MakeRunnableAsync(fitting, folder.Account, ct);
        var present = string.Join(", ", found.Select(b => b.Major).Distinct().Order());
        throw new PostgresUnavailableException(
            (cluster, present) switch
            {
                (null, "") => $"PostgreSQL is not installed. {HowToInstall}",
                (null, _) => $"PostgreSQL {present} is too old; {OldestMajor} or newer is needed. {HowToInstall}",
                (_, "") =>
                    $"The data folder {folder.DataFolder} was made by PostgreSQL {cluster}, which is not installed. Install it with 'apt-get install postgresql-{cluster}', or name another folder with --data.",
                _ => $"The data folder {folder.DataFolder} was made by PostgreSQL {cluster}, but this machine has PostgreSQL {present}, which cannot read it. "
                    + $"Install PostgreSQL {cluster} ('apt-get install postgresql-{cluster}'), or name another folder with --data; nothing was changed.",
            }
        );
    }

    /// <summary>All releases on this machine: the path's, the system's, the one fetched by npm.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Candidates().Where(IsComplete).Distinct(StringComparer.Ordinal))
            if (await MajorAsync(folder, ct) is { } major)
                found.Add(new(folder, major));
        return found;
    }

    /// <summary>Folders that may hold programs of PostgreSQL, the most wanted first.</summary>
    public static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("ASSOCIATION_POSTGRES_BIN") is { Length: > 0 } named)
            return [named]; // this one and no other
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var system = SystemFolders
            .Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateDirectories(root).Append(root))
            .Select(d => Path.Combine(d, "bin"));
        return [.. path, .. system, .. NpmBinaries.Folders()];
    }

    /// <summary>The release that a program of PostgreSQL says it is of.</summary>
    /// <returns>Null when it says none.</returns>
    /// <exception cref="Win32Exception">It cannot be run.</exception>
    public static async Task<int?> MajorOfAsync(string program, CancellationToken ct)
    {
        var said = await Tool.RunAsync(program, ["--version"], null, ct);
        return said.ExitCode == 0 && Version().Match(said.Output) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    private static bool IsComplete(string folder) => Programs.All(p => File.Exists(Path.Combine(folder, p)));

    private static async Task<int?> MajorAsync(string folder, CancellationToken ct)
    {
        try
        {
            NpmBinaries.MakeLinks(folder);
            return await MajorOfAsync(Path.Combine(folder, "postgres"), ct);
        }
        catch (Win32Exception)
        {
            return null; // a link without its target, a program for another processor
        }
    }

    private static async Task<int?> ClusterMajorAsync(ServerFolder folder, CancellationToken ct)
    {
        var file = Path.Combine(folder.Cluster, "PG_VERSION");
        return File.Exists(file) ? int.Parse(await File.ReadAllTextAsync(file, ct), CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) ([0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
