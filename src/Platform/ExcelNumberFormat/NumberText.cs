using System.Globalization;
using System.Text;

namespace ExcelNumberFormat;

/// <summary>Numbers with placeholders for digits: <c>#,##0.00</c>, <c>0.0%</c>, <c>0.00E+00</c>.</summary>
internal static class NumberText
{
    public static string Write(IReadOnlyList<Token> tokens, decimal value, CultureInfo culture)
    {
        var layout = Layout.Of(tokens);
        var scaled = value;
        for (var i = 0; i < layout.Percents; i++)
            scaled *= 100;
        for (var i = 0; i < layout.Thousands; i++)
            scaled /= 1000;
        var rounded = decimal.Round(Math.Abs(scaled), Math.Min(layout.Decimals, 28), MidpointRounding.AwayFromZero);
        var text = new StringBuilder();
        if (value < 0 && (rounded != 0 || layout.Digits == 0))
            text.Append(culture.NumberFormat.NegativeSign);
        Place(text, tokens, layout, rounded, culture);
        return text.ToString();
    }

    public static string WriteExponent(IReadOnlyList<Token> tokens, decimal value, CultureInfo culture)
    {
        var mark = tokens.ToList().FindIndex(t => t.Kind == TokenKind.Exponent);
        var (mantissa, power) = (tokens.Take(mark).ToList(), tokens.Skip(mark + 1).ToList());
        var layout = Layout.Of(mantissa);
        var number = Math.Abs(value);
        var exponent = 0;
        var step = Math.Max(layout.Digits - layout.Decimals, 1); // ##0.0E+0 counts in thousands
        if (number != 0)
        {
            exponent = (int)Math.Floor((double)Math.Floor(Math.Log10((double)number)) / step) * step;
            if (Scaled() >= Power(step))
                exponent += step; // rounding reached the next power
        }
        var text = new StringBuilder(value < 0 ? culture.NumberFormat.NegativeSign : "");
        Place(text, mantissa, layout, Scaled(), culture);
        text.Append('E')
            .Append(
                exponent < 0 ? culture.NumberFormat.NegativeSign
                : tokens[mark].Text[1] == '+' ? culture.NumberFormat.PositiveSign
                : ""
            );
        Place(text, power, Layout.Of(power), Math.Abs(exponent), culture);
        return text.ToString();

        decimal Scaled() => decimal.Round(exponent >= 0 ? number / Power(exponent) : number * Power(-exponent), layout.Decimals, MidpointRounding.AwayFromZero);
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    /// <summary>Puts the digits of a number, rounded already, in the places of their placeholders.</summary>
    public static void Place(StringBuilder text, IReadOnlyList<Token> tokens, Layout layout, decimal number, CultureInfo culture)
    {
        var whole = decimal.Truncate(number);
        var digits = whole == 0 ? "" : whole.ToString(CultureInfo.InvariantCulture);
        var fraction = (number - whole).ToString("0." + new string('0', Math.Max(layout.Decimals, 1)), CultureInfo.InvariantCulture)[2..];
        var places = layout.Digits - layout.Decimals; // before the point
        var (place, decimalPlace, afterPoint) = (0, 0, false);
        var last = LastNeeded(tokens, fraction);
        foreach (var token in tokens)
        {
            switch (token.Kind)
            {
                case TokenKind.Digit when !afterPoint:
                    // The first placeholder takes every digit for which there is no place.
                    for (var rest = place == 0 ? Math.Max(digits.Length, places) : places - place; rest >= places - place; rest--)
                        Digit(text, token.Text[0], digits, rest, layout.Grouped, culture, rest > places);
                    place++;
                    break;
                case TokenKind.Digit:
                    if (decimalPlace < last)
                        text.Append(fraction[decimalPlace]);
                    else if (token.Text == "?")
                        text.Append(' ');
                    decimalPlace++;
                    break;
                case TokenKind.Point:
                    if (places == 0)
                        text.Append(digits);
                    afterPoint = true;
                    text.Append(culture.NumberFormat.NumberDecimalSeparator);
                    break;
                case TokenKind.Comma:
                    break;
                case TokenKind.Percent:
                    text.Append(culture.NumberFormat.PercentSymbol);
                    break;
                default:
                    text.Append(token.Text);
                    break;
            }
        }
    }

    // rest: how many digits stand from here to the point, this one included.
    private static void Digit(StringBuilder text, char placeholder, string digits, int rest, bool grouped, CultureInfo culture, bool beyond)
    {
        if (rest <= digits.Length)
            text.Append(digits[^rest]);
        else if (placeholder == '0' && !beyond)
            text.Append('0');
        else
        {
            if (placeholder == '?')
                text.Append(' ');
            return;
        }
        if (grouped && rest > 1 && rest % 3 == 1)
            text.Append(culture.NumberFormat.NumberGroupSeparator);
    }

    private static int LastNeeded(IReadOnlyList<Token> tokens, string fraction)
    {
        var places = tokens.SkipWhile(t => t.Kind != TokenKind.Point).Where(t => t.Kind == TokenKind.Digit).ToList();
        var last = places.Count;
        while (last > 0 && places[last - 1].Text != "0" && fraction[last - 1] == '0')
            last--;
        return last;
    }
}

/// <summary>What the placeholders of a section add up to.</summary>
/// <param name="Digits">Placeholders, those behind the point included.</param>
/// <param name="Decimals">Placeholders behind the point.</param>
/// <param name="Grouped">A comma between placeholders groups by thousands.</param>
/// <param name="Thousands">Commas behind the last placeholder before the point, or behind the last of all: each divides by a thousand.</param>
/// <param name="Percents">Each multiplies by a hundred.</param>
internal readonly record struct Layout(int Digits, int Decimals, bool Grouped, int Thousands, int Percents)
{
    public static Layout Of(IReadOnlyList<Token> tokens)
    {
        var point = tokens.ToList().FindIndex(t => t.Kind == TokenKind.Point);
        var whole = point < 0 ? tokens : [.. tokens.Take(point)];
        var lastDigit = whole.ToList().FindLastIndex(t => t.Kind == TokenKind.Digit);
        var firstDigit = whole.ToList().FindIndex(t => t.Kind == TokenKind.Digit);
        return new Layout(
            tokens.Count(t => t.Kind == TokenKind.Digit),
            point < 0 ? 0 : tokens.Skip(point).Count(t => t.Kind == TokenKind.Digit),
            whole.Select((t, i) => (t, i)).Any(x => x.t.Kind == TokenKind.Comma && x.i > firstDigit && x.i < lastDigit && firstDigit >= 0),
            CommasBehind(whole) + (point < 0 ? 0 : CommasBehind([.. tokens.Skip(point)])),
            tokens.Count(t => t.Kind == TokenKind.Percent)
        );
    }

    private static int CommasBehind(IReadOnlyList<Token> tokens) =>
        tokens.ToList().FindLastIndex(t => t.Kind == TokenKind.Digit) is var last and >= 0
            ? tokens.Skip(last + 1).TakeWhile(t => t.Kind == TokenKind.Comma).Count()
            : 0;
}
