using System.Net;
using Association.Platform.Web.CommandLine;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Association.Host.Installations;

/// <summary>A demo has passwords that everybody knows, so nobody but this machine may reach it, whatever the settings say.</summary>
internal static class Listening
{
    /// <summary>Refuses addresses of the settings: <c>urls</c>, <c>http_ports</c>, <c>https_ports</c>, <c>Kestrel:Endpoints</c>, from whichever source they
    /// come.</summary>
    /// <exception cref="RefusedException">One of them others could reach.</exception>
    public static void RefuseBeyondThisMachine(IConfiguration configuration)
    {
        var addresses = (configuration["urls"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""));
        var ports = ((string[])["http_ports", "https_ports"])
            .Select(name => configuration[name])
            .Where(port => !string.IsNullOrEmpty(port))
            .Select(port => $"*:{port}");
        if (addresses.Where(address => !IsOfThisMachine(address)).Concat(ports).FirstOrDefault() is { } beyond)
            throw Refusal(beyond);
    }

    /// <summary>The same for each socket, wherever its address was decided.</summary>
    public static void Guard(SocketTransportOptions transport, Installation installation)
    {
        var bind = transport.CreateBoundListenSocket;
        transport.CreateBoundListenSocket = endpoint =>
            endpoint is IPEndPoint ip && !IPAddress.IsLoopback(ip.Address) && installation.IsDemo ? throw Refusal(ip.ToString()) : bind(endpoint);
    }

    // As Kestrel reads it: "localhost" and loopback addresses stay here, any other name means every address of the machine.
    private static bool IsOfThisMachine(string address)
    {
        var host = BindingAddress.Parse(address);
        return host.IsUnixPipe
            || host.IsNamedPipe
            || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static RefusedException Refusal(string address) =>
        new(
            $"This is a demo: its passwords are known to everybody, so it does not listen on {address}, where other machines could reach it. Take that setting away (ASPNETCORE_URLS, ASPNETCORE_HTTP_PORTS, Kestrel__Endpoints__…), or set up an installation of your own: ./run.sh setup --data DIR"
        );
}
