using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Association.Office.People.Data;

/// <summary>The codes of authenticator apps (RFC 6238): six digits by HMAC-SHA-1, a new one every thirty seconds.</summary>
internal static class AppCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Seconds = 30;
    private const int Digits = 1_000_000;

    // One step to each side: clocks differ, and typing takes time (RFC 6238, section 5.2).
    private const int Tolerance = 1;

    /// <summary>The step to which a code belongs, the newest that fits; null when it is none of now.</summary>
    /// <param name="key">The app's key, in Base32.</param>
    /// <param name="code">As typed.</param>
    /// <param name="now">The real time, whatever day the office plays: the app does not know of that.</param>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
            return null;
        var secret = Decoded(key);
        var present = now.ToUnixTimeSeconds() / Seconds;
        long? found = null;
        for (var step = present - Tolerance; step <= present + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(Ascii(Of(secret, step)), Ascii(code)))
                found = step;
        return found;
    }

    /// <summary>What the app shows in a step.</summary>
    public static string Of(string key, long step) => Of(Decoded(key), step);

    private static string Of(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // the digest of the standard, which the apps know
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fffffff;
        return (number % Digits).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static byte[] Decoded(string key)
    {
        var bytes = new List<byte>(key.Length * 5 / 8);
        var (bits, held) = (0, 0);
        foreach (var c in key.ToUpperInvariant())
        {
            if (Base32.IndexOf(c, StringComparison.Ordinal) is not (>= 0 and var value))
                continue;
            (bits, held) = ((bits << 5) | value, held + 5);
            if (held < 8)
                continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
            bits &= (1 << held) - 1;
        }
        return [.. bytes];
    }
}
