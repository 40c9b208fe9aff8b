using System.Globalization;

namespace Association.Platform.Data.Kernel;

/// <summary>
/// How many of a thing, for a text that names the thing: the text has the noun's forms for one and for many,
/// <c>{0} {0:Beleg|Belege} in {1} {1:Umschlag|Umschlägen}</c>, and each number chooses its own (decision record 38).
/// </summary>
/// <param name="Number">How many; negative ones count like positive ones.</param>
public readonly record struct Count(long Number) : IFormattable
{
    /// <summary>„1.234“ without a format; else the form that fits the number.</summary>
    /// <param name="format">„for one|for many“; null or empty for the number itself.</param>
    /// <param name="formatProvider">The culture of the text, whatever the thread speaks. In French zero counts as one.</param>
    /// <exception cref="FormatException">The format does not have two forms.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        var culture = formatProvider as CultureInfo ?? CultureInfo.CurrentCulture;
        if (string.IsNullOrEmpty(format))
            return Number.ToString("#,##0", culture);
        return format.Split('|') is [var one, var many]
            ? (IsOne(culture) ? one : many)
            : throw new FormatException($"„{format}“ does not have the form for one and the form for many, parted by a „|“.");
    }

    /// <summary>„1.234“ in the thread's culture.</summary>
    public override string ToString() => ToString(null, null);

    private bool IsOne(CultureInfo culture) => Number is 1 or -1 || (Number == 0 && culture.TwoLetterISOLanguageName == "fr");
}
