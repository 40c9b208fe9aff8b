using System.Globalization;

namespace ExcelNumberFormat;

/// <summary>A number format as Excel writes it (<c>#,##0.00 "€";[Red]-#,##0.00 "€"</c>), and values as such a format shows them. Immutable and
/// thread-safe.</summary>
/// <remarks>Rules: ECMA-376 part 1, 18.8.31. Sections, conditions, grouping, scaling, percent, exponents, fractions, dates and elapsed times.</remarks>
public sealed class NumberFormat
{
    private readonly IReadOnlyList<Section> sections;

    /// <summary>Reads a format; one that cannot be read is not an error, see <see cref="IsValid"/>.</summary>
    public NumberFormat(string formatString)
    {
        ArgumentNullException.ThrowIfNull(formatString);
        sections = SectionReader.Read(formatString) ?? [];
    }

    /// <summary>Whether the format follows the rules. Values in a format that does not are shown as in the format <c>General</c>.</summary>
    public bool IsValid => sections.Count > 0;

    /// <summary>Whether numbers in this format are days and times, counted from 1900.</summary>
    public bool IsDateTimeFormat => sections is [{ Kind: SectionKind.Date }, ..];

    /// <summary>A value as a cell of this format shows it.</summary>
    /// <param name="value">A number, <see cref="DateTime"/>, <see cref="TimeSpan"/>, text or anything else, which is shown as its text; null is shown as
    /// nothing.</param>
    /// <param name="culture">Gives separators and the names of days and months.</param>
    public string Format(object value, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return value switch
        {
            null => "",
            bool truth => truth ? "TRUE" : "FALSE",
            string text => FormatText(text),
            DateTime moment => FormatNumber(Days.Of(moment), culture),
            TimeSpan time => FormatNumber((decimal)time.Ticks / TimeSpan.TicksPerDay, culture),
            double or float => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && Math.Abs(number) < 7.9e27
                ? FormatNumber((decimal)number, culture)
                : number.ToString("0.#####E+00", culture), // a double beyond what a decimal holds, or no number at all
            decimal or int or long or short or byte or uint or ulong or ushort or sbyte => FormatNumber(
                Convert.ToDecimal(value, CultureInfo.InvariantCulture),
                culture
            ),
            _ => FormatText(Convert.ToString(value, culture) ?? ""),
        };
    }

    private string FormatText(string text) =>
        (sections.Count == 4 ? sections[3] : sections.FirstOrDefault(s => s.Kind == SectionKind.Text)) is { } section ? section.ShowText(text) : text;

    private string FormatNumber(decimal value, CultureInfo culture)
    {
        for (var i = 0; i < Math.Min(sections.Count, 3); i++)
        {
            if (!Takes(i, value))
                continue;
            // A section of its own for negative numbers says itself how it shows the sign.
            return sections[i].Show(i > 0 && sections[i].Condition is null ? Math.Abs(value) : value, culture);
        }
        return sections is [.., { Condition: not null }] ? new string('#', 8) : Section.General(value, culture); // Excel fills a cell for which no condition holds
    }

    private bool Takes(int index, decimal value)
    {
        var numeric = sections.Take(3).Where(s => s.Kind != SectionKind.Text).ToList();
        if (sections[index].Kind == SectionKind.Text)
            return numeric.Count == 0;
        if (sections[index].Condition is { } condition)
            return condition.Holds(value);
        return (index, numeric.Count) switch
        {
            (0, 1) => true,
            (0, 2) => sections[1].Condition is null ? value >= 0 : true,
            (0, _) => value > 0,
            (1, 2) => true,
            (1, _) => value < 0,
            _ => true,
        };
    }
}
