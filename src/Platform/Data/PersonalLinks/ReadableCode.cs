using System.Security.Cryptography;
using System.Text;

namespace Association.Platform.Data.PersonalLinks;

/// <summary>
/// A secret that a person can type from paper: letters and digits that nobody confuses (Crockford's base 32), in groups of four.
/// Stored is its digest: five random bits a character leave nothing to guess, so no slow digest is needed.
/// </summary>
public static class ReadableCode
{
    /// <summary>120 bits, for a link that lets somebody in.</summary>
    public const int ForLink = 24;

    /// <summary>80 bits, for a code that is asked for behind a password.</summary>
    public const int ForRecovery = 16;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Group = 4;

    /// <summary>A new one: <c>K7QX-9M2P-…</c>.</summary>
    public static string New(int characters) => string.Join('-', RandomNumberGenerator.GetString(Alphabet, characters).Chunk(Group).Select(g => new string(g)));

    /// <summary>What is stored; blanks, hyphens, case and the usual confusions (O for 0, I and L for 1) do not matter.</summary>
    public static byte[] Digest(string typed) => SHA256.HashData(Encoding.UTF8.GetBytes(Normalised(typed)));

    private static string Normalised(string typed) =>
        string.Concat(
            typed
                .Where(char.IsAsciiLetterOrDigit)
                .Select(c =>
                    char.ToUpperInvariant(c) switch
                    {
                        'O' => '0',
                        'I' or 'L' => '1',
                        var other => other,
                    }
                )
        );
}
