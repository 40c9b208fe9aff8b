namespace Association.Platform.Data.Postgres;

/// <summary>Locks between processes on one machine: advisory file locks, which the kernel takes back from a process that was killed.</summary>
internal static class LockFile
{
    /// <summary>Waits until nobody else holds the file.</summary>
    /// <exception cref="PostgresUnavailableException">Somebody held it for all of <paramref name="patience"/>, or it cannot be opened.</exception>
    public static async Task<FileStream> ExclusiveAsync(string path, TimeSpan patience, CancellationToken ct)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Takes the file together with others; called while nobody can hold it alone.</summary>
    public static FileStream Shared(string path)
    {
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite)) { }
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }
}
