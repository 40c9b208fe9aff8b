using Association.Testing;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>A test on the shared sample files, which are no part of the product; skipped with its reason where they are not beside the clone.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedSampleFactAttribute : FactAttribute
{
    public SharedSampleFactAttribute()
    {
        if (Repository.SharedSamples is null)
            Skip = "The folder shared/samples is not beside the clone; set ASSOCIATION_SHARED to its parent.";
    }

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Repository.SharedSamples!, name));
}
