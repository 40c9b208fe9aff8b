namespace Association.Testing;

/// <summary>The source tree that the tests were built from, and what may lie beside it.</summary>
public static class Repository
{
    /// <summary>The folder with Association.sln.</summary>
    public static string Root { get; } =
        Above().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "Association.sln")))
        ?? throw new DirectoryNotFoundException("Association.sln was not found above the tests.");

    /// <summary>
    /// Real-looking inputs that are no part of the product: <c>samples</c> below what <c>ASSOCIATION_SHARED</c> names, or below a folder <c>shared</c> beside
    /// the clone; null where there is none.
    /// </summary>
    public static string? SharedSamples { get; } =
        Above()
            .Select(folder => Path.Combine(folder, "shared"))
            .Prepend(Environment.GetEnvironmentVariable("ASSOCIATION_SHARED"))
            .Where(shared => !string.IsNullOrEmpty(shared))
            .Select(shared => Path.Combine(shared!, "samples"))
            .FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Above()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }
}
