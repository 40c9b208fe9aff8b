using Npgsql;

namespace Association.Platform.Data;

/// <summary>Tells that a disk, or what somebody may use of it, is full: ours, or the database's.</summary>
public static class DiskRoom
{
    // errno of Linux and macOS: no space left, file too large, and the two of a used-up quota. Windows: disk full, handle disk full.
    private static readonly int[] Full = [28, 27, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether a file could not be written for want of room.</summary>
    public static bool IsMissingFor(Exception failure) => Causes(failure).Any(e => e is IOException io && Full.Contains(io.HResult));

    /// <summary>Whether the database could not, which says so itself.</summary>
    public static bool IsMissingInDatabase(Exception failure) => Causes(failure).Any(e => e is PostgresException { SqlState: PostgresErrorCodes.DiskFull });

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }
}
