using System.Text;

namespace Association.Platform.Mail.Mime;

/// <summary>Header lines in ASCII, folded, with words in other alphabets encoded (RFC 5322, RFC 2047, RFC 2231).</summary>
internal static class HeaderText
{
    private const int Longest = 76;
    private const int MostEncodedBytes = 42; // =?utf-8?B?…?= with its 56 characters of base64 stays below 75

    /// <summary>A line with free text: <c>Subject</c>.</summary>
    public static string Line(string name, string text) => Fold(name, IsPlain(text) ? text.Split(' ') : Encoded(text));

    /// <summary>A line with a mailbox: <c>From</c>, <c>To</c>.</summary>
    public static string Line(string name, Mailbox mailbox) =>
        Fold(name, mailbox.Name.Length == 0 ? [MailAddresses.Ascii(mailbox.Address)] : [.. Phrase(mailbox.Name), $"<{MailAddresses.Ascii(mailbox.Address)}>"]);

    /// <summary>A parameter with a file's name: <c>filename="a.pdf"</c>, or the encoded form and a plain one for old programs.</summary>
    public static string FileName(string name)
    {
        Demand(name);
        var plain = string.Concat(name.Select(c => char.IsAscii(c) && c is not ('"' or '\\' or '%' or '\'') ? c : '_'));
        return plain == name ? $"filename=\"{name}\"" : $"filename=\"{plain}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}";
    }

    /// <exception cref="ArgumentException">A line break in it would begin a header of somebody else's choice.</exception>
    public static void Demand(string text)
    {
        if (text.Any(char.IsControl)) throw new ArgumentException("A header has no control characters.", nameof(text));
    }

    private static IEnumerable<string> Phrase(string name) =>
        !IsPlain(name) ? Encoded(name)
        : name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_') ? name.Split(' ')
        : [$"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""];

    private static bool IsPlain(string text) =>
        text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal) && !text.StartsWith(' ') && !text.EndsWith(' ') && text.Split(' ').All(w => w.Length <= Longest - 12);

    // No character is torn apart between two encoded words.
    private static IEnumerable<string> Encoded(string text)
    {
        Demand(text);
        var part = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > MostEncodedBytes)
            {
                yield return Word(part);
                (bytes, part) = (0, new StringBuilder());
            }
            part.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }
        yield return Word(part);

        static string Word(StringBuilder part) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(part.ToString()))}?=";
    }

    private static string Fold(string name, IEnumerable<string> words)
    {
        var line = new StringBuilder(name).Append(':');
        var length = line.Length;
        var first = true;
        foreach (var word in words)
        {
            Demand(word);
            if (!first && length + 1 + word.Length > Longest)
            {
                line.Append("\r\n");
                length = 0;
            }
            line.Append(' ').Append(word);
            length += word.Length + 1;
            first = false;
        }
        return line.ToString();
    }
}
