using System.Globalization;
using System.Text;

namespace ExcelNumberFormat;

internal enum SectionKind
{
    General,
    Number,
    Exponent,
    Fraction,
    Date,
    Text,
}

/// <summary>A piece of a section.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What is shown as it stands, or the letters of a placeholder: <c>0</c>, <c>yyyy</c>, <c>[hh]</c>.</param>
internal readonly record struct Token(TokenKind Kind, string Text);

internal enum TokenKind
{
    Literal,
    Digit,
    Point,
    Comma,
    Percent,
    Exponent,
    Slash,
    Date,
    Elapsed,
    Noon,
    SubSecond,
    Text,
    General,
}

/// <summary>When a section applies: <c>[&gt;=1000]</c>.</summary>
internal sealed record Condition(string Comparison, decimal Limit)
{
    public bool Holds(decimal value) =>
        Comparison switch
        {
            "<" => value < Limit,
            "<=" => value <= Limit,
            ">" => value > Limit,
            ">=" => value >= Limit,
            "<>" => value != Limit,
            _ => value == Limit,
        };
}

/// <summary>One of up to four parts of a format: positive, negative, zero, text.</summary>
internal sealed record Section(SectionKind Kind, Condition? Condition, IReadOnlyList<Token> Tokens)
{
    public string Show(decimal value, CultureInfo culture) =>
        Kind switch
        {
            SectionKind.General => Around(General(Math.Abs(value), culture), value < 0, culture),
            SectionKind.Text => ShowText(General(value, culture)),
            SectionKind.Date => DateText.Write(Tokens, value, culture),
            SectionKind.Fraction => FractionText.Write(Tokens, value, culture),
            SectionKind.Exponent => NumberText.WriteExponent(Tokens, value, culture),
            _ => NumberText.Write(Tokens, value, culture),
        };

    public string ShowText(string text) =>
        string.Concat(
            Tokens.Select(t =>
                t.Kind is TokenKind.Text or TokenKind.General ? text
                : t.Kind == TokenKind.Literal ? t.Text
                : ""
            )
        );

    /// <summary>As many digits as a cell of usual width shows.</summary>
    public static string General(decimal value, CultureInfo culture) => decimal.Round(value, 9, MidpointRounding.AwayFromZero).ToString("0.#########", culture);

    private string Around(string number, bool negative, CultureInfo culture)
    {
        var text = new StringBuilder(negative ? culture.NumberFormat.NegativeSign : "");
        foreach (var token in Tokens)
            text.Append(token.Kind == TokenKind.General ? number : token.Text);
        return text.ToString();
    }
}
