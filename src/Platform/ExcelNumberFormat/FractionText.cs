using System.Globalization;
using System.Text;

namespace ExcelNumberFormat;

/// <summary>Numbers as fractions: <c># ?/?</c>, <c># ??/??</c>, <c># ?/8</c>.</summary>
internal static class FractionText
{
    public static string Write(IReadOnlyList<Token> tokens, decimal value, CultureInfo culture)
    {
        var all = tokens.ToList();
        var slash = all.FindIndex(t => t.Kind == TokenKind.Slash);
        var numeratorFrom = slash;
        while (numeratorFrom > 0 && all[numeratorFrom - 1].Kind == TokenKind.Digit)
            numeratorFrom--;
        var below = all.Skip(slash + 1).TakeWhile(t => t.Kind == TokenKind.Digit || (t.Kind == TokenKind.Literal && t.Text.All(char.IsAsciiDigit))).ToList();
        var whole = all.Take(numeratorFrom).ToList();
        var hasWhole = whole.Exists(t => t.Kind == TokenKind.Digit);

        var number = Math.Abs(value);
        var units = hasWhole ? decimal.Truncate(number) : 0;
        var (top, bottom) = Nearest(number - units, string.Concat(below.Select(t => t.Text)));
        if (hasWhole && top == bottom)
            (units, top) = (units + 1, 0);

        var text = new StringBuilder(value < 0 && (units != 0 || top != 0) ? culture.NumberFormat.NegativeSign : "");
        if (hasWhole && (units != 0 || top == 0))
            NumberText.Place(text, whole, Layout.Of(whole), units, culture);
        if (hasWhole && units == 0 && top == 0 && whole.All(t => t.Text != "0"))
            text.Append('0');
        if (top == 0 && hasWhole)
            text.Append(' ', slash - numeratorFrom + 1 + below.Count); // the place of the fraction stays, so that numbers below each other line up
        else
        {
            text.Append(Padded(top, slash - numeratorFrom, left: true)).Append('/').Append(Padded(bottom, below.Count, left: false));
            foreach (var token in all.Skip(slash + 1 + below.Count))
                text.Append(token.Kind == TokenKind.Literal ? token.Text : "");
        }
        return text.ToString();
    }

    private static string Padded(long number, int width, bool left) =>
        number.ToString(CultureInfo.InvariantCulture) is var digits && left ? digits.PadLeft(width) : digits.PadRight(width);

    private static (long Top, long Bottom) Nearest(decimal part, string placeholders)
    {
        if (long.TryParse(placeholders, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0)
            return ((long)decimal.Round(part * given, MidpointRounding.AwayFromZero), given);
        var largest = (long)Math.Pow(10, Math.Clamp(placeholders.Length, 1, 4)) - 1;
        var best = (Top: (long)decimal.Round(part, MidpointRounding.AwayFromZero), Bottom: 1L);
        for (var bottom = 2L; bottom <= largest && part * best.Bottom != best.Top; bottom++)
        {
            var top = (long)decimal.Round(part * bottom, MidpointRounding.AwayFromZero);
            if (Math.Abs(part - (decimal)top / bottom) < Math.Abs(part - (decimal)best.Top / best.Bottom))
                best = (top, bottom);
        }
        return best;
    }
}
