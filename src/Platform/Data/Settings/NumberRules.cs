using System.Globalization;

namespace Association.Platform.Data.Settings;

/// <summary>How new numbers are written. Numbers that were issued stay as they are.</summary>
public sealed record NumberRules
{
    /// <summary>Beitragsrechnungen: <c>BR-2026-00013</c>.</summary>
    public NumberForm Invoices { get; init; } = new("BR");

    /// <summary>Veranstaltungsrechnungen: <c>VR-2026-00004</c>.</summary>
    public NumberForm Services { get; init; } = new("VR");

    /// <summary>Stornos: <c>ST-2026-00002</c>.</summary>
    public NumberForm Cancellations { get; init; } = new("ST");

    /// <summary>Members who are given the next number: <c>1001</c>.</summary>
    public NumberForm Members { get; init; } = new("", NumberYear.Without, 1);
}

/// <summary>Which year stands in a number.</summary>
public enum NumberYear
{
    /// <summary>None: the series counts on for ever.</summary>
    Without,

    /// <summary><c>26</c>.</summary>
    TwoDigits,

    /// <summary><c>2026</c>.</summary>
    FourDigits,
}

/// <summary>How the numbers of a series are written.</summary>
/// <param name="Prefix">Capitals and digits; empty only for members.</param>
/// <param name="Year">Of issue; the series of documents count by year and always name it.</param>
/// <param name="Digits">At least so many; zeros fill up.</param>
public sealed record NumberForm(string Prefix, NumberYear Year = NumberYear.FourDigits, int Digits = 5)
{
    /// <summary>What stands before the counting digits: <c>BR-2026-</c>; empty without prefix and year.</summary>
    public string Head(int year) =>
        string.Concat(
            Prefix.Length > 0 ? Prefix + "-" : "",
            Year switch
            {
                NumberYear.TwoDigits => string.Create(CultureInfo.InvariantCulture, $"{year % 100:00}-"),
                NumberYear.FourDigits => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-"),
                _ => "",
            }
        );

    /// <summary>A number: <c>BR-2026-00013</c>.</summary>
    /// <param name="year">Of issue.</param>
    /// <param name="sequence">1, 2, 3 …</param>
    public string Write(int year, long sequence) => Head(year) + sequence.ToString("D" + Digits, CultureInfo.InvariantCulture);
}
