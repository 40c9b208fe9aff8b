using System.Globalization;

namespace Association.Platform.Web.Localisation;

/// <summary>Reads what people type into fields: dates and numbers in any of the usual ways. What is doubtful is not read.</summary>
public static class TypedInput
{
    private const int LongestDay = 40;

    private static readonly string[] DatePatterns =
    [
        "d.M.yyyy",
        "d.M.yy",
        "yyyy-M-d",
        "d/M/yyyy",
        "d/M/yy",
        "d-M-yyyy",
        "ddMMyyyy",
        "d MMM yyyy",
        "d MMMM yyyy",
        "d. MMMM yyyy",
        "d. MMM yyyy",
    ];

    /// <summary>A day: „21.11.2026“, „21.11.26“, „2026-11-21“, „21/11/2026“, „21. November 2026“.</summary>
    public static bool TryDate(string text, out DateOnly date)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length <= LongestDay)
            foreach (var culture in new[] { CultureInfo.CurrentCulture, CultureInfo.InvariantCulture })
                if (DateOnly.TryParseExact(text, DatePatterns, culture, DateTimeStyles.AllowWhiteSpaces, out date))
                    return true;
        date = default;
        return false;
    }

    /// <summary>A number with or without € or %. A point or comma alone before three digits is what it is in the page's language.</summary>
    public static TypedNumber Number(string text) => TypedNumber.Read(text, ThreeDigits.ByLanguage, TypedUnits.Currency | TypedUnits.Percent);

    /// <summary>An amount in euro. „50 %“ is none, and „12,000“ on a German page may be twelve thousand.</summary>
    public static TypedNumber Amount(string text) => TypedNumber.Read(text, ThreeDigits.AmountByLanguage);

    /// <summary>A factor, which may have three decimals: „0,052“, „1.125“. A point or comma alone always parts the decimals.</summary>
    public static TypedNumber Rate(string text) => TypedNumber.Read(text, ThreeDigits.Decimals, TypedUnits.Currency | TypedUnits.Percent);

    /// <summary>Like <see cref="Number"/>; false also when there are two readings.</summary>
    public static bool TryNumber(string text, out decimal number)
    {
        var read = Number(text);
        number = read.Value ?? 0;
        return read.Value is not null;
    }
}
