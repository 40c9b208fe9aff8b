using System.Security.Cryptography;
using System.Text;

namespace Association.Platform.Data.Postgres;

/// <summary>The files of one server: cluster, log, settings, socket.</summary>
/// <param name="DataFolder">The installation's data folder, absolute.</param>
/// <param name="Path">The server's own folder, absolute, reachable by its account.</param>
/// <param name="Account">Who the server runs as and who owns the folder.</param>
internal sealed record ServerFolder(string DataFolder, string Path, ServerAccount Account)
{
    private const string Shared = "/var/lib/association";
    private const string SocketFile = "/.s.PGSQL.5432";
    private const int LongestSocketPath = 107;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Folder of <c>PG_VERSION</c> and the tables.</summary>
    public string Cluster => System.IO.Path.Combine(Path, "cluster");

    /// <summary>The server's note that its socket is taken; it stays behind when the server is killed.</summary>
    public string SocketLock => SocketFolder + SocketFile + ".lock";

    /// <summary>Folder of the server's log files.</summary>
    public string Log => System.IO.Path.Combine(Path, "log");

    /// <summary>Held shared by every living host.</summary>
    public string HostsLock => System.IO.Path.Combine(Path, "hosts.lock");

    /// <summary>The private directory of the Unix socket; elsewhere when the path would be longer than the kernel allows.</summary>
    public string SocketFolder { get; private set; } = System.IO.Path.Combine(Path, "socket");

    /// <summary>Finds or makes the folder of a data folder's server.</summary>
    /// <exception cref="PostgresUnavailableException">It belongs to another account.</exception>
    public static async Task<ServerFolder> PrepareAsync(string dataFolder, CancellationToken ct)
    {
        dataFolder = System.IO.Path.GetFullPath(dataFolder);
        var place = new DirectoryInfo(System.IO.Path.Combine(dataFolder, "postgres"));
        var recorded = System.IO.Path.Combine(place.FullName, "account");
        if (place.Exists && !File.Exists(recorded) && !CanRead(place))
            ServerAccount.Recorded("postgres", dataFolder);
        // Empty, it was made by a start that was killed before it wrote the name: as if it were not there.
        if (File.Exists(recorded) && (await File.ReadAllTextAsync(recorded, ct)).Trim() is { Length: > 0 } name)
        {
            var owner = ServerAccount.Recorded(name, dataFolder);
            var known = new ServerFolder(dataFolder, (place.ResolveLinkTarget(returnFinalTarget: true) ?? place).FullName, owner);
            await known.MakeSocketFolderAsync(ct);
            return known;
        }
        var account = ServerAccount.ForNewServer();
        var path = place.FullName;
        if (!account.CanReach(dataFolder))
        {
            // A clone under /root: no other account gets in there. The files live where it does, and a link leads to them.
            path = Unused(System.IO.Path.Combine(Shared, Digest(dataFolder)));
            Directory.CreateDirectory(path);
            if (place.LinkTarget is not null)
                place.Delete(); // a link whose target was removed
            else if (place.Exists)
                place.Delete(recursive: true); // a start that was killed before it noted its account: no cluster yet
            Directory.CreateSymbolicLink(place.FullName, path);
        }
        Directory.CreateDirectory(path);
        var folder = new ServerFolder(dataFolder, path, account);
        Directory.CreateDirectory(folder.Log);
        File.SetUnixFileMode(path, Private);
        await folder.MakeSocketFolderAsync(ct);
        await account.OwnAsync(path, ct);
        await File.WriteAllTextAsync(System.IO.Path.Combine(path, "account"), account.Name + "\n", ct);
        return folder;
    }

    /// <summary>Leads to a database of this server as its superuser.</summary>
    public string ConnectionString(string database) =>
        $"Host={SocketFolder};Username={ClusterInitializer.Superuser};Database={database};Maximum Pool Size=50;Application Name=association";

    /// <summary>Sixteen hexadecimal digits that stand for a path.</summary>
    public static string Digest(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 8));

    private async Task MakeSocketFolderAsync(CancellationToken ct)
    {
        if (!Fits(SocketFolder))
            SocketFolder = Account.IsSelf ? await ElsewhereAsync(ct) : System.IO.Path.Combine(Shared, $"socket-{Digest(Path)}");
        var folder = new DirectoryInfo(SocketFolder);
        if (folder.LinkTarget is not null)
            throw new PostgresUnavailableException($"{folder.FullName} is a link that this product did not make. Remove it and start again.");
        if (!folder.Exists)
            Directory.CreateDirectory(folder.FullName, Private);
        await Account.OwnAsync(folder.FullName, ct);
        File.SetUnixFileMode(folder.FullName, Private);
    }

    // Among everybody's temporary files, so under a name that nobody can guess and take first. Which one it is stands in our own folder.
    private async Task<string> ElsewhereAsync(CancellationToken ct)
    {
        var note = System.IO.Path.Combine(Path, "socket-folder");
        if (File.Exists(note) && (await File.ReadAllTextAsync(note, ct)).Trim() is { Length: > 0 } known && IsOwn(new DirectoryInfo(known)))
            return known;
        var made = Directory.CreateTempSubdirectory("association-").FullName;
        if (!Fits(made))
            throw new PostgresUnavailableException($"The path {made} is too long for a socket. Name a shorter folder with --data, or in TMPDIR.");
        await File.WriteAllTextAsync(note, made + "\n", ct);
        return made;
    }

    private static bool Fits(string folder) => Encoding.UTF8.GetByteCount(folder + SocketFile) <= LongestSocketPath;

    // Temporary files are swept away, and then anybody may take the name: only its owner may set a folder's mode.
    private static bool IsOwn(DirectoryInfo folder)
    {
        if (!folder.Exists || folder.LinkTarget is not null)
            return false;
        try
        {
            folder.UnixFileMode = Private;
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanRead(DirectoryInfo folder)
    {
        try
        {
            _ = folder.EnumerateFileSystemInfos().Any();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Unused(string path)
    {
        var free = path;
        for (var i = 2; Directory.Exists(free); i++)
            free = $"{path}-{i}"; // an earlier data folder of the same path, whose link is gone
        return free;
    }
}
