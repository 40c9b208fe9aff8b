namespace Association.Platform.Data.Postgres;

/// <summary>
/// The folder of an installation: for nobody but its owner (0700). Where root starts a server that runs as another account, that account has to pass through
/// to its own files (0711): nobody else lists the folder, and whatever lies in it is closed to others.
/// </summary>
internal static class DataFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes it, if it is not there.</summary>
    /// <exception cref="PostgresUnavailableException">Others may write into it: they could put a lock, or a server, where ours is looked for.</exception>
    public static void Make(string path)
    {
        var folder = new DirectoryInfo(path);
        if (!folder.Exists)
            Directory.CreateDirectory(path, Environment.IsPrivilegedProcess ? Passable : Private);
        else if (folder.UnixFileMode.HasFlag(UnixFileMode.OtherWrite))
        {
            if (!HoldsOursOnly(folder))
                throw new PostgresUnavailableException(
                    $"Every user of this machine may write into {folder.FullName}. Name a folder of the installation's own with --data, such as {Path.Combine(folder.FullName, "association")}; it is made."
                );
            folder.UnixFileMode = Environment.IsPrivilegedProcess ? Passable : Private;
        }
    }

    /// <summary>Closes it to others, an older one, too. A folder in which other things lie is left as its owner wants it.</summary>
    public static void Close(ServerFolder server)
    {
        var folder = new DirectoryInfo(server.DataFolder);
        if (!HoldsOursOnly(folder))
            return;
        var passes = !server.Account.IsSelf && server.Path.StartsWith(folder.FullName, StringComparison.Ordinal);
        folder.UnixFileMode = passes ? Passable : Private;
    }

    private static bool HoldsOursOnly(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos().All(other => other.Name.StartsWith("postgres", StringComparison.Ordinal));
}
