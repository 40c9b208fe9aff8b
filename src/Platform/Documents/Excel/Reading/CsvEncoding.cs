using System.Text;
using System.Text.Unicode;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>
/// Finds the encoding of a text: UTF-8, UTF-16 with or without its mark, or Windows-1252, which programs mix line by line. Text of an old Mac or of DOS looks
/// like Windows-1252 with signs inside of words; it is refused, because no member should be called „MŸller“.
/// </summary>
internal static class CsvEncoding
{
    private const int Sample = 4096;
    private const int Shortest = 32; // of a text that is UTF-16 by its zeros alone

    // Between two letters of a word none of these stands.
    private const string Signs = "€‚ƒ„†‡ˆ‰‹“”•˜™›¡¢£¤¥¦§¨©«¬®¯±¶»¿";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>UTF-16 of either order; null when it is something else.</summary>
    public static Encoding? Utf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode;
        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return Encoding.BigEndianUnicode;
        var sample = bytes[..Math.Min(bytes.Length & ~1, Sample)];
        if (sample.Length < Shortest)
            return null;
        var (even, odd) = (0, 0);
        for (var at = 0; at < sample.Length; at += 2)
        {
            even += sample[at] == 0 ? 1 : 0;
            odd += sample[at + 1] == 0 ? 1 : 0;
        }

        // Of the letters of Europe nearly every second byte is zero.
        var half = sample.Length / 2;
        return even == 0 && odd > half / 2 ? Encoding.Unicode
            : odd == 0 && even > half / 2 ? Encoding.BigEndianUnicode
            : null;
    }

    /// <exception cref="SpreadsheetException">It is no text, or in an encoding that is not known.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (Utf16(bytes) is { } utf16)
        {
            var text = utf16.GetString(bytes.StartsWith(utf16.Preamble) ? bytes[2..] : bytes);
            return text.AsSpan().ContainsAnyInRange('\0', '\b')
                ? throw new SpreadsheetException(SpreadsheetProblem.NotASpreadsheet, arguments: fileName)
                : text;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[3..];
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : ByLine(bytes, fileName);
    }

    private static string ByLine(ReadOnlySpan<byte> bytes, string fileName)
    {
        var text = new StringBuilder(bytes.Length);
        for (var number = 1; !bytes.IsEmpty; number++)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = bytes[..(end < 0 ? bytes.Length : end + 1)];
            bytes = bytes[line.Length..];
            if (Utf8.IsValid(line))
            {
                text.Append(Encoding.UTF8.GetString(line));
                continue;
            }

            var read = Windows1252.GetString(line);
            if (IsForeign(read))
                throw new SpreadsheetException(SpreadsheetProblem.UnknownEncoding, null, fileName, number);
            text.Append(read);
        }

        return text.ToString();
    }

    private static bool IsForeign(string line)
    {
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            if (c is >= '\u007f' and <= '\u009f') // five bytes that Windows-1252 leaves open
                return true;
            var (before, after) = (at > 0 ? line[at - 1] : ' ', at + 1 < line.Length ? line[at + 1] : ' ');
            if (char.IsAsciiLetter(before) && char.IsAsciiLetterLower(after) && (c is 'Š' or 'Œ' or 'Ž' or 'Ÿ' || Signs.Contains(c, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }
}
