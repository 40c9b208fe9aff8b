using System.Net;
using System.Net.Sockets;

namespace Association.Office.People.Attempts;

/// <summary>Where a request comes from, as far as attempts are counted by it.</summary>
internal sealed class CallerAddress(IHttpContextAccessor http)
{
    private const string CommandLine = "command line";
    private const int NetworkBytes = 8;

    /// <summary>An address; of IPv6 the network, in which one machine has as many addresses as it likes.</summary>
    public string Text => http.HttpContext is { } context ? Of(context.Connection.RemoteIpAddress) : CommandLine;

    /// <summary>The same for any address.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return $"{new IPAddress(bytes)}/64";
    }
}
