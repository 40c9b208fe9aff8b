using System.Net;
using Association.Platform.Web.CommandLine;
using Microsoft.AspNetCore.HttpOverrides;

namespace Association.Host.Web.Security;

/// <summary>
/// Believes what a proxy says of the browser's address and of HTTPS (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>), if its own
/// address is in the setting <c>Proxy:Trusted</c>. From anybody else the headers count for nothing, and without the setting from nobody.
/// </summary>
internal static class TrustedProxies
{
    private const string Setting = "Proxy:Trusted";

    /// <summary>Comes before whatever looks at addresses: cookies, limits.</summary>
    /// <exception cref="RefusedException">The setting holds something that is no address.</exception>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = (app.Configuration[Setting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (trusted is [])
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null, // a chain of proxies ends at the first that is not trusted
        };
        options.KnownProxies.Clear(); // by default the own machine is trusted
        options.KnownIPNetworks.Clear();
        foreach (var entry in trusted)
        {
            if (IPAddress.TryParse(entry, out var address))
                options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
                options.KnownIPNetworks.Add(network);
            else
                throw new RefusedException(
                    $"{Setting} has '{entry}', which is neither an address such as 10.0.0.5 nor a network such as 10.0.0.0/24. Separate several by commas."
                );
        }
        app.UseForwardedHeaders(options);
    }
}
