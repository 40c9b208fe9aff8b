using Microsoft.AspNetCore.HostFiltering;

namespace Association.Host.Web.Security;

/// <summary>
/// The names under which the office is opened. A request for another one is answered with 400: its name would stand in the links of invitations, and a page
/// elsewhere could speak to an office on the reader's own machine under a name of its own (DNS rebinding).
/// </summary>
/// <remarks>
/// Setting <c>AllowedHosts</c>, names separated by semicolons. Without it: this machine's own names, the name of passkeys (<c>SignIn:Domain</c>), and what
/// the office was told to listen on.
/// </remarks>
internal static class KnownHosts
{
    private static readonly string[] OfThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static void AddKnownHosts(this IServiceCollection services, IConfiguration configuration) =>
        services.Configure<HostFilteringOptions>(options =>
        {
            options.AllowEmptyHosts = false;
            options.AllowedHosts = [.. Of(configuration)];
        });

    /// <summary>The names, ports left out.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        if (Parts(configuration["AllowedHosts"]) is { Count: > 0 } said && !said.Contains("*"))
            return [.. said.Concat(OfThisMachine).Distinct(StringComparer.OrdinalIgnoreCase)];
        var listens = Parts(configuration["urls"])
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""))
            .Where(address => address.Length > 0)
            .Select(address => BindingAddress.Parse(address).Host);
        // "*", "+" and 0.0.0.0 are no names.
        return
        [
            .. OfThisMachine
                .Concat(Parts(configuration["SignIn:Domain"]))
                .Concat(listens.Where(host => host is not ("*" or "+" or "0.0.0.0" or "[::]") && Uri.CheckHostName(host) != UriHostNameType.Unknown))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static List<string> Parts(string? setting) =>
        [.. (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
