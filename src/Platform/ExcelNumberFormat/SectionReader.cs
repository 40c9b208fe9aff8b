using System.Globalization;

namespace ExcelNumberFormat;

/// <summary>Takes a format apart.</summary>
internal static class SectionReader
{
    private static readonly string[] Colors = ["Black", "Blue", "Cyan", "Green", "Magenta", "Red", "White", "Yellow"];

    /// <summary>The sections; null when the format breaks a rule.</summary>
    public static IReadOnlyList<Section>? Read(string format)
    {
        if (format.Length == 0)
            return [new Section(SectionKind.General, null, [new Token(TokenKind.General, "")])];
        var sections = new List<Section>();
        var at = 0;
        do
        {
            if (ReadSection(format, ref at) is not { } section)
                return null;
            sections.Add(section);
        } while (at++ < format.Length); // steps over the semicolon
        return sections.Count <= 4 ? sections : null;
    }

    private static Section? ReadSection(string format, ref int at)
    {
        var tokens = new List<Token>();
        Condition? condition = null;
        while (at < format.Length && format[at] != ';')
        {
            if (format[at] == '[')
            {
                var end = format.IndexOf(']', at);
                if (end < 0)
                    return null;
                var inside = format[(at + 1)..end];
                at = end + 1;
                if (inside.StartsWith('$'))
                    tokens.Add(new Token(TokenKind.Literal, inside[1..].Split('-')[0])); // [$€-407]: a currency and whose
                else if (inside.Length > 0 && inside.ToLowerInvariant() is var unit && unit[0] is 'h' or 'm' or 's' && unit.All(c => c == unit[0]))
                    tokens.Add(new Token(TokenKind.Elapsed, unit));
                else if (inside.IndexOfAny(['<', '>', '=']) == 0)
                {
                    if (ReadCondition(inside) is not { } read)
                        return null;
                    condition = read;
                }
                else if (!IsColor(inside))
                    return null;
            }
            else if (!ReadToken(format, ref at, tokens))
                return null;
        }
        return new Section(KindOf(tokens), condition, Refine(tokens));
    }

    private static bool IsColor(string word) =>
        Colors.Contains(word, StringComparer.OrdinalIgnoreCase)
        || (word.StartsWith("Color", StringComparison.OrdinalIgnoreCase) && int.TryParse(word[5..], CultureInfo.InvariantCulture, out _));

    private static Condition? ReadCondition(string inside)
    {
        var comparison =
            inside.StartsWith("<=", StringComparison.Ordinal)
            || inside.StartsWith(">=", StringComparison.Ordinal)
            || inside.StartsWith("<>", StringComparison.Ordinal)
                ? inside[..2]
                : inside[..1];
        return decimal.TryParse(inside[comparison.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
            ? new Condition(comparison, limit)
            : null;
    }

    private static bool ReadToken(string format, ref int at, List<Token> tokens)
    {
        var c = format[at];
        if (c == '"')
        {
            var end = format.IndexOf('"', at + 1);
            if (end < 0)
                return false;
            tokens.Add(new Token(TokenKind.Literal, format[(at + 1)..end]));
            at = end + 1;
            return true;
        }
        if (c is '\\' or '_' or '*')
        {
            if (at + 1 >= format.Length)
                return false;
            // An underscore leaves the width of the next character; a star would fill the cell with it.
            tokens.Add(
                new Token(
                    TokenKind.Literal,
                    c == '\\' ? format[at + 1].ToString()
                        : c == '_' ? " "
                        : ""
                )
            );
            at += 2;
            return true;
        }
        foreach (var (word, kind) in Words)
            if (string.Compare(format, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                tokens.Add(new Token(kind, format.Substring(at, word.Length)));
                at += word.Length;
                return true;
            }
        if (char.ToLowerInvariant(c) is 'y' or 'm' or 'd' or 'h' or 's' or 'g' or 'e' or 'b')
        {
            var start = at;
            while (at < format.Length && char.ToLowerInvariant(format[at]) == char.ToLowerInvariant(c))
                at++;
            tokens.Add(new Token(TokenKind.Date, format[start..at].ToLowerInvariant()));
            return true;
        }
        tokens.Add(
            new Token(
                c switch
                {
                    '0' or '#' or '?' => TokenKind.Digit,
                    '.' => TokenKind.Point,
                    ',' => TokenKind.Comma,
                    '%' => TokenKind.Percent,
                    '/' => TokenKind.Slash,
                    '@' => TokenKind.Text,
                    _ => TokenKind.Literal,
                },
                c.ToString()
            )
        );
        at++;
        return true;
    }

    private static readonly (string Word, TokenKind Kind)[] Words =
    [
        ("General", TokenKind.General),
        ("AM/PM", TokenKind.Noon),
        ("A/P", TokenKind.Noon),
        ("E+", TokenKind.Exponent),
        ("E-", TokenKind.Exponent),
    ];

    private static SectionKind KindOf(List<Token> tokens)
    {
        bool Has(TokenKind kind) => tokens.Exists(t => t.Kind == kind);
        if (Has(TokenKind.Date) || Has(TokenKind.Elapsed))
            return SectionKind.Date;
        if (Has(TokenKind.General))
            return SectionKind.General;
        if (Has(TokenKind.Text))
            return SectionKind.Text;
        if (Has(TokenKind.Exponent))
            return SectionKind.Exponent;
        return Has(TokenKind.Slash) && Has(TokenKind.Digit) ? SectionKind.Fraction : SectionKind.Number;
    }

    /// <summary>An m beside hours or seconds is a minute; zeros behind the point of seconds are parts of a second.</summary>
    private static List<Token> Refine(List<Token> tokens)
    {
        if (KindOf(tokens) != SectionKind.Date)
            return tokens;
        var refined = new List<Token>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token is { Kind: TokenKind.Date, Text: "m" or "mm" } && (Nearest(tokens, i, -1) is 'h' || Nearest(tokens, i, 1) is 's'))
                refined.Add(new Token(TokenKind.Date, token.Text.Length == 1 ? "n" : "nn"));
            else if (token.Kind == TokenKind.Point && i + 1 < tokens.Count && tokens[i + 1] is { Kind: TokenKind.Digit, Text: "0" })
            {
                var zeros = tokens.Skip(i + 1).TakeWhile(t => t is { Kind: TokenKind.Digit, Text: "0" }).Count();
                refined.Add(new Token(TokenKind.SubSecond, new string('0', zeros)));
                i += zeros;
            }
            else
                refined.Add(
                    token.Kind is TokenKind.Date or TokenKind.Elapsed or TokenKind.Noon or TokenKind.Slash ? token : new Token(TokenKind.Literal, token.Text)
                );
        }
        return refined;
    }

    private static char? Nearest(List<Token> tokens, int from, int step)
    {
        for (var i = from + step; i >= 0 && i < tokens.Count; i += step)
            if (tokens[i].Kind is TokenKind.Date or TokenKind.Elapsed)
                return tokens[i].Text[0];
        return null;
    }
}
