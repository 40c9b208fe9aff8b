using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>Real-looking inputs that lie beside the repository; they are no part of the product, and absent they are skipped visibly.</summary>
internal static class SharedSamples
{
    public static string Require(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, "shared", "samples", name);
            if (File.Exists(file)) return file;
        }
        Skip.If(true, $"The sample {name} is not beside the repository.");
        return "";
    }
}
