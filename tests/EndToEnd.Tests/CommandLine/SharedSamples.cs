using Association.Testing;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>Real-looking inputs that lie beside the repository; they are no part of the product, and absent they are skipped visibly.</summary>
internal static class SharedSamples
{
    public static string Require(string name)
    {
        var file = Path.Combine(Repository.SharedSamples ?? "", name);
        Skip.IfNot(File.Exists(file), $"The sample {name} is not beside the repository.");
        return file;
    }
}
