using System.Globalization;
using System.Text.RegularExpressions;

namespace Association.Platform.Web.Localisation;

/// <summary>Reads what people type into fields: dates and numbers in any of the usual ways.</summary>
public static partial class TypedInput
{
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
        text = Blanks().Replace(text.Trim(), " ");
        foreach (var culture in new[] { CultureInfo.CurrentCulture, CultureInfo.InvariantCulture })
            if (DateOnly.TryParseExact(text, DatePatterns, culture, DateTimeStyles.AllowWhiteSpaces, out date))
                return true;
        date = default;
        return false;
    }

    /// <summary>A number: „1.234,56“, „1234,56“, „1,234.56“, „1 234,5“, „−60“, with or without € or %.</summary>
    /// <remarks>
    /// The last point or comma parts the decimals. One that stands alone before exactly three digits groups thousands, unless it is the sign by which the
    /// page's language parts decimals: „1.234“ is a thousand and more on a German page, „1,234“ there is little more than one.
    /// </remarks>
    public static bool TryNumber(string text, out decimal number) => TryRead(text, loneSeparatorGroups: true, out number);

    /// <summary>A factor, which may have three decimals: „0,052“, „1.125“. A single point or comma always parts the decimals.</summary>
    public static bool TryRate(string text, out decimal rate) => TryRead(text, loneSeparatorGroups: false, out rate);

    private static bool TryRead(string text, bool loneSeparatorGroups, out decimal number)
    {
        number = 0;
        var bare = Noise().Replace(text, "").Replace('\u2212', '-');
        if (!Shape().IsMatch(bare))
            return false;
        var last = bare.LastIndexOfAny(['.', ',']);
        if (last >= 0)
        {
            var separator = bare[last];
            var alone = bare.IndexOfAny(['.', ',']) == last;
            var repeated = bare.Count(c => c == separator) > 1;
            var groups =
                repeated
                || (loneSeparatorGroups && alone && bare.Length - last - 1 == 3 && separator != DecimalSeparator && bare.TrimStart('-', '+')[0] != '0');
            bare = groups
                ? bare.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)
                : bare[..last].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) + "." + bare[(last + 1)..];
        }
        return decimal.TryParse(bare, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static char DecimalSeparator => CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator[0];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\s\u00a0\u202f']|EUR|€|%", RegexOptions.IgnoreCase)]
    private static partial Regex Noise();

    [GeneratedRegex(@"^[-+]?[0-9][0-9.,]{0,27}$")]
    private static partial Regex Shape();
}
