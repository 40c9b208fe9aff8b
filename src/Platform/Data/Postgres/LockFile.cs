namespace Association.Platform.Data.Postgres;

/// <summary>Locks between processes on one machine: advisory file locks, which the kernel takes back from a process that was killed.</summary>
/// <remarks>Whoever can open such a file can hold it, so only its owner can (0600).</remarks>
internal static class LockFile
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Waits until nobody else holds the file.</summary>
    /// <exception cref="PostgresUnavailableException">Somebody held it for all of <paramref name="patience"/>, or it cannot be opened.</exception>
    public static async Task<FileStream> ExclusiveAsync(string path, TimeSpan patience, CancellationToken ct)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(path, FileShare.None);
            }
            catch (UnauthorizedAccessException)
            {
                throw new PostgresUnavailableException(
                    $"The data folder {Path.GetDirectoryName(path)} belongs to another user. Start as the user who created it, or name another folder with --data."
                );
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(until) < patience)
            {
                await Task.Delay(20, ct); // the kernel offers no waiting lock through FileStream
            }
            catch (IOException e)
            {
                throw new PostgresUnavailableException(
                    $"Another process has been starting or stopping the database of {Path.GetDirectoryName(path)} for {patience.TotalSeconds:0} seconds: {e.Message}"
                );
            }
        }
    }

    /// <summary>Takes the file alone, or null when somebody holds it.</summary>
    public static FileStream? TryExclusive(string path)
    {
        try
        {
            return Open(path, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Takes the file together with others; called while nobody can hold it alone.</summary>
    public static FileStream Shared(string path)
    {
        using (Open(path, FileShare.ReadWrite)) { }
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    // One of an earlier release is readable for everybody.
    private static FileStream Open(string path, FileShare share)
    {
        var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = share,
                UnixCreateMode = OwnersOnly,
            }
        );
        if (File.GetUnixFileMode(file.SafeFileHandle) != OwnersOnly)
            File.SetUnixFileMode(file.SafeFileHandle, OwnersOnly);
        return file;
    }
}
