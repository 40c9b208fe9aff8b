using System.Globalization;
using System.Text;

namespace Association.Platform.Mail.Mime;

/// <summary>Text in seven bits that stays readable (RFC 2045, 6.7).</summary>
internal static class QuotedPrintable
{
    private const int Longest = 75; // and the sign that the line goes on

    /// <summary>Lines of at most 76 characters, ended by CR LF.</summary>
    public static string Of(string text)
    {
        var result = new StringBuilder(text.Length * 5 / 4);
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')) AppendLine(result, line);
        return result.ToString();
    }

    private static void AppendLine(StringBuilder result, string line)
    {
        var length = 0;
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var i = 0; i < bytes.Length; i++)
        {
            var last = i == bytes.Length - 1;
            // A blank at the end of a line gets lost on the way, and old mailboxes change one that begins with „From “.
            var plain = (bytes[i] is >= (byte)'!' and <= (byte)'~' and not (byte)'=' && !(i == 0 && line.StartsWith("From ", StringComparison.Ordinal)))
                || (bytes[i] is (byte)' ' or (byte)'\t' && !last);
            var letters = plain ? 1 : 3;
            if (length + letters > Longest)
            {
                result.Append("=\r\n");
                length = 0;
            }
            if (plain) result.Append((char)bytes[i]);
            else result.Append('=').Append(bytes[i].ToString("X2", CultureInfo.InvariantCulture));
            length += letters;
        }
        result.Append("\r\n");
    }
}
