using System.Security.Cryptography;

namespace Association.EndToEnd.Tests;

/// <summary>RFC 6238 with SHA-1, six digits and thirty seconds, as authenticator apps count.</summary>
internal static class AuthenticatorApp
{
    /// <summary>What the app shows now.</summary>
    /// <param name="base32">The key; blanks do not matter.</param>
    /// <param name="ahead">So many codes later: one that was used opens nothing any more, and the office accepts the next one early.</param>
    public static string CodeOf(string base32, int ahead = 0)
    {
        var bits = string.Concat(
            base32
                .Where(c => c != ' ')
                .Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0'))
        );
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder((TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + ahead));
#pragma warning disable CA5350 // the standard's digest
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = ((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
