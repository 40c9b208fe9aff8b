using System.Globalization;
using System.Text;
using Association.Platform.Data.Kernel;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.Localisation;

/// <summary>What a point or comma does that stands alone before exactly three digits, where nothing else in the number tells: „1.234“.</summary>
public enum ThreeDigits
{
    /// <summary>Parts decimals where the page's language uses this sign for them, else groups thousands: „1.234“ is a thousand and more on a German page.</summary>
    ByLanguage,

    /// <summary>Groups where the page's language does that; its sign for decimals may be either, because an amount has two of them: „12,000“.</summary>
    AmountByLanguage,

    /// <summary>Parts decimals: factors have three of them.</summary>
    Decimals,

    /// <summary>Groups thousands: counts have no decimals.</summary>
    Groups,

    /// <summary>A point groups, a comma may be either: a list of amounts does not say in which language it was typed.</summary>
    PointGroups,

    /// <summary>May be either: the command line has no language.</summary>
    Doubtful,
}

/// <summary>What may stand beside a number.</summary>
[Flags]
public enum TypedUnits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>€ or EUR at one end, and „,-“ for no cents.</summary>
    Currency = 1,

    /// <summary>„%“ behind it.</summary>
    Percent = 2,
}

/// <summary>
/// A number as somebody typed it: „1.234,56“, „1234,56“, „1,234.56“, „1 234,5“, „−60“, „€ 60,-“. It has one value, or two readings of which nobody can know
/// the right one („1.000.00“), or it is no number. All numbers from outside are read here.
/// </summary>
/// <remarks>Groups are of three digits, all parted by the same sign, and one other sign parts the decimals. Reads at most 60 characters and 28 digits.</remarks>
public readonly record struct TypedNumber
{
    private const int Longest = 60;
    private const int MostDigits = 28;

    private static readonly string[] Currencies = ["€", "EUROS", "EURO", "EUR"];

    private TypedNumber(decimal value) => Value = value;

    private TypedNumber(decimal withDecimals, decimal whole) => Readings = (withDecimals, whole);

    /// <summary>The number, when it is certain.</summary>
    public decimal? Value { get; }

    /// <summary>What it may be: the last sign parts decimals, or all of them group.</summary>
    public (decimal WithDecimals, decimal Whole)? Readings { get; }

    /// <summary>The number as an amount; null when it is not certain, has fractions of a cent, or is more than the books take.</summary>
    public Money? Amount => Value is { } value && decimal.Round(value, 2) == value && Math.Abs(value) <= Money.Max.Amount ? new Money(value) : null;

    /// <summary>Reads a number.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="threeDigits">What is meant by a lone point or comma before three digits.</param>
    /// <param name="units">What may stand beside it.</param>
    public static TypedNumber Read(string text, ThreeDigits threeDigits, TypedUnits units = TypedUnits.Currency)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = text.AsSpan().Trim();
        if (bare.Length is 0 or > Longest)
            return default;
        bare = WithoutLeadingCurrency(bare, units);
        var negative = bare is ['-' or '\u2212', ..];
        if (negative || bare is ['+', ..])
            bare = WithoutLeadingCurrency(bare[1..].TrimStart(), units);
        bare = WithoutEnd(bare, units);
        return Parts(bare) is var (parts, marks) ? Understand(parts, marks, negative ? -1 : 1, threeDigits) : default;
    }

    /// <summary>The sentence that names both readings, in the page's language; null when there are not two.</summary>
    public string? Doubt(string typed, IStringLocalizer<WebTexts> texts, int decimals = 0)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Readings is var (withDecimals, whole)
            ? texts["Problem.TwoReadings", typed, Formats.Number(withDecimals, decimals), Formats.Number(whole, decimals)].Value
            : null;
    }

    private static ReadOnlySpan<char> WithoutLeadingCurrency(ReadOnlySpan<char> text, TypedUnits units)
    {
        if (!units.HasFlag(TypedUnits.Currency))
            return text;
        foreach (var currency in Currencies)
            if (text.StartsWith(currency, StringComparison.OrdinalIgnoreCase))
                return text[currency.Length..].TrimStart();
        return text;
    }

    private static ReadOnlySpan<char> WithoutEnd(ReadOnlySpan<char> text, TypedUnits units)
    {
        if (units.HasFlag(TypedUnits.Percent) && text is [.., '%'])
            return text[..^1].TrimEnd();
        if (!units.HasFlag(TypedUnits.Currency))
            return text;
        foreach (var currency in Currencies)
            if (text.EndsWith(currency, StringComparison.OrdinalIgnoreCase))
            {
                text = text[..^currency.Length].TrimEnd();
                break;
            }
        // „60,-“ and „60,--“: no cents.
        var number = text.TrimEnd("-–—");
        return text.Length - number.Length is 1 or 2 && number is [.., '.' or ','] ? number[..^1] : text;
    }

    // „1.234,5“: digits „1“, „234“, „5“ and between them the marks „.“ and „,“. Null when anything else stands there, or two marks in a row.
    private static (List<string> Parts, List<char> Marks)? Parts(ReadOnlySpan<char> text)
    {
        var (parts, marks, part, digits) = (new List<string>(), new List<char>(), new StringBuilder(), 0);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                part.Append(c);
                digits++;
                continue;
            }
            if (Mark(c) is not { } mark || (part.Length == 0 && (parts.Count > 0 || mark is not ('.' or ','))))
                return null;
            parts.Add(part.ToString());
            marks.Add(mark);
            part.Clear();
        }
        parts.Add(part.ToString());
        return digits is > 0 and <= MostDigits ? (parts, marks) : null;
    }

    private static char? Mark(char c) =>
        c switch
        {
            '.' or ',' => c,
            '\'' or '’' => '\'',
            _ when char.IsWhiteSpace(c) => ' ',
            _ => null,
        };

    private static TypedNumber Understand(List<string> parts, List<char> marks, int factor, ThreeDigits threeDigits)
    {
        if (marks.Count == 0)
            return new TypedNumber(factor * Number(parts, ""));
        var (last, before) = (marks[^1], marks[..^1]);
        var (whole, withDecimals) = (factor * Number(parts, ""), factor * Number(parts[..^1], parts[^1]));
        var (grouped, decimals) = (false, false);
        if (before.Count == 0)
        {
            var sign = last is '.' or ',';
            var three = sign && parts[1].Length == 3;
            grouped = IsGrouped(parts) && (!three || Groups(last, threeDigits));
            decimals = !grouped && sign && (!three || PartsDecimals(last, threeDigits, ofNothing: parts[0] is "" or ['0', ..]));
        }
        else if (before.All(m => m == before[0]))
        {
            grouped = last == before[0] && IsGrouped(parts);
            decimals = last != before[0] && last is '.' or ',' && IsGrouped(parts[..^1]);
        }
        if (grouped || decimals)
            return new TypedNumber(grouped ? whole : withDecimals);
        return whole == withDecimals || IsDay(parts, marks) ? default : new TypedNumber(withDecimals, whole);
    }

    private static bool IsGrouped(List<string> parts) => parts[0] is { Length: 1 or 2 or 3 } and not ['0', ..] && parts.Skip(1).All(p => p.Length == 3);

    private static bool Groups(char mark, ThreeDigits threeDigits) =>
        threeDigits switch
        {
            ThreeDigits.ByLanguage or ThreeDigits.AmountByLanguage => mark != DecimalSeparator,
            ThreeDigits.PointGroups => mark == '.',
            _ => threeDigits == ThreeDigits.Groups,
        };

    // „0,052“ groups nothing, but is no amount either.
    private static bool PartsDecimals(char mark, ThreeDigits threeDigits, bool ofNothing) =>
        threeDigits == ThreeDigits.Decimals || (threeDigits == ThreeDigits.ByLanguage && (ofNothing || mark == DecimalSeparator));

    // „01.03.2019“ in a column of amounts is no number at all, rather than one of two.
    private static bool IsDay(List<string> parts, List<char> marks) =>
        marks is ['.', '.']
        && parts is [{ Length: 1 or 2 } day, { Length: 1 or 2 } month, { Length: 0 or 2 or 4 }]
        && int.Parse(day, CultureInfo.InvariantCulture) is >= 1 and <= 31
        && int.Parse(month, CultureInfo.InvariantCulture) is >= 1 and <= 12;

    private static decimal Number(IEnumerable<string> whole, string decimals) =>
        decimal.Parse("0" + string.Concat(whole) + (decimals.Length > 0 ? "." + decimals : ""), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static char DecimalSeparator => CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator[0];
}
