namespace Association.Platform.Data.Postgres;

/// <summary>The account that the server runs as: our own, or, because PostgreSQL refuses root, <c>postgres</c> or <c>nobody</c>.</summary>
/// <param name="Name">Login name.</param>
/// <param name="IsSelf">Whether it is the account of this process.</param>
internal sealed record ServerAccount(string Name, bool IsSelf)
{
    private static readonly string[] Unprivileged = ["postgres", "nobody"];

    /// <summary>The account for a new server.</summary>
    /// <exception cref="PostgresUnavailableException">We are root and the machine has neither account.</exception>
    public static ServerAccount ForNewServer()
    {
        if (!Environment.IsPrivilegedProcess)
            return new(Environment.UserName, true);
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        var name =
            Unprivileged.FirstOrDefault(known.Contains)
            ?? throw new PostgresUnavailableException(
                "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor 'nobody'. Start as an ordinary user."
            );
        return new(name, false);
    }

    /// <summary>The account that a server was made for.</summary>
    /// <exception cref="PostgresUnavailableException">It is another ordinary account than ours.</exception>
    public static ServerAccount Recorded(string name, string dataFolder)
    {
        if (name == Environment.UserName)
            return new(name, true);
        if (Environment.IsPrivilegedProcess)
            return new(name, false);
        throw new PostgresUnavailableException(
            $"The database of {dataFolder} belongs to the user '{name}'. Start as that user (or as root), or name another folder with --data."
        );
    }

    /// <summary>Gives a folder with all it contains to this account.</summary>
    public async Task OwnAsync(string folder, CancellationToken ct)
    {
        if (IsSelf)
            return;
        var result = await Tool.RunAsync("chown", ["-R", Name, folder], null, ct);
        if (result.ExitCode != 0)
            throw new PostgresUnavailableException($"The folder {folder} cannot be given to the user '{Name}': {result.Output}");
    }

    /// <summary>Whether this account can get into a folder from the root on.</summary>
    public bool CanReach(string folder)
    {
        if (IsSelf)
            return true;
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
            if (parent.Exists && !parent.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        return true;
    }
}
