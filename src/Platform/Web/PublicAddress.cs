using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.Configuration;

namespace Association.Platform.Web;

/// <summary>
/// The address at which people open the office, for links in what no request causes: a mail that a job writes. Setting <c>Office:Address</c>; without it what
/// the other settings let conclude, <c>SignIn:Domain</c> or the first of <c>AllowedHosts</c>, by HTTPS.
/// </summary>
public sealed class PublicAddress
{
    /// <summary>Reads it.</summary>
    /// <exception cref="RefusedException">The setting is no such address.</exception>
    public PublicAddress(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration["Office:Address"] is not { Length: > 0 } said)
            Site = (First(configuration["SignIn:Domain"]) ?? First(configuration["AllowedHosts"])) is { } host ? $"https://{host}" : null;
        else if (Uri.TryCreate(said, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", PathAndQuery: "/", UserInfo: "" })
            Site = address.GetLeftPart(UriPartial.Authority);
        else
            throw new RefusedException(
                $"Office__Address is '{said}', which is no address of an office: it begins with https:// and ends with the name of the host."
            );
    }

    /// <summary><c>https://office.example</c>, to be followed by the path of a page; null when no setting says it.</summary>
    public string? Site { get; }

    /// <summary>Whether a text is the whole address of a site, to be followed by the path of a page, and nothing else.</summary>
    public static bool IsSite(string site) =>
        Uri.TryCreate(site, UriKind.Absolute, out var address)
        && address is { Scheme: "https" or "http", UserInfo: "" }
        && address.GetLeftPart(UriPartial.Authority) == site;

    // A pattern names no host.
    private static string? First(string? names) =>
        (names ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(name => !name.Contains('*', StringComparison.Ordinal));
}
