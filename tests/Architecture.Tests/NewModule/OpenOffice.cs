using System.Diagnostics;
using System.Globalization;
using Association.Testing;

namespace Association.Architecture.Tests.NewModule;

/// <summary>An office that listens, and a person without a browser.</summary>
internal sealed class OpenOffice(Process process, Uri address) : IAsyncDisposable
{
    /// <summary>Whoever looks at it.</summary>
    public HttpVisit Visit { get; } = new(address);

    /// <summary>Ctrl-C: the office and its database end.</summary>
    public async ValueTask DisposeAsync()
    {
        Visit.Dispose();
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
