namespace Association.EndToEnd.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Association.sln"))) return folder;
        throw new DirectoryNotFoundException("Association.sln was not found above the tests.");
    }
}
