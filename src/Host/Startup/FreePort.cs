using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Association.Host.Startup;

/// <summary>Listens on 5080, or on the next port that is free, so that two installations run side by side. <c>ASPNETCORE_URLS</c> wins.</summary>
internal static class FreePort
{
    private const int First = 5080;
    private const int Tries = 200;

    public static void UseFreePort(this WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration["urls"]) || !string.IsNullOrEmpty(builder.Configuration["http_ports"]))
            return;
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = Bind);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, First));
    }

    private static Socket Bind(EndPoint wanted)
    {
        for (var port = ((IPEndPoint)wanted).Port; ; port++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(((IPEndPoint)wanted).Address, port));
                socket.Listen(); // two that bound the same port at once find out here
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && port < First + Tries)
            {
                socket.Dispose();
            }
        }
    }
}
