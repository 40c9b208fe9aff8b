using System.Globalization;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Mail.Mime;

/// <summary>Addresses as they travel: in ASCII, a domain like „müller.example“ in its encoded form (RFC 5891).</summary>
internal static class MailAddresses
{
    private static readonly IdnMapping Domains = new();

    /// <exception cref="ArgumentException">No address, or a domain that cannot be encoded.</exception>
    public static string Ascii(string address) =>
        EmailAddress.TryParse(address, out var parsed, out _) && parsed.Value.Split('@') is [var mailbox, var domain]
            ? $"{mailbox}@{Domains.GetAscii(domain)}"
            : throw new ArgumentException("Not an address that a mail can be sent to.", nameof(address));

    /// <summary>The part after the @, in ASCII.</summary>
    public static string DomainOf(string address) => Ascii(address).Split('@')[1];
}
