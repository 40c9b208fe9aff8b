using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>A test on the shared sample files, which are no part of the product; skipped with its reason where they are not beside the clone.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedSampleFactAttribute : FactAttribute
{
    private static readonly string? Folder = Find();

    public SharedSampleFactAttribute()
    {
        if (Folder is null)
            Skip = "The folder shared/samples is not beside the clone; set ASSOCIATION_SHARED to its parent.";
    }

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder!, name));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ASSOCIATION_SHARED") is { Length: > 0 } given && Directory.Exists(Path.Combine(given, "samples")))
            return Path.Combine(given, "samples");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "samples") is var samples && Directory.Exists(samples))
                return samples;
        return null;
    }
}
