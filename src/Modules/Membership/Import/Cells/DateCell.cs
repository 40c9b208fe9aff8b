using System.Globalization;
using System.Text.RegularExpressions;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Cells;

/// <summary>What stands first in days that are typed with strokes: „03/04/2019“.</summary>
internal enum DayOrder
{
    DayFirst,
    MonthFirst,

    /// <summary>A column that holds both „31/12/2019“ and „12/31/2019“.</summary>
    Doubtful,
}

/// <summary>Reads dates as people type them.</summary>
internal static partial class DateCell
{
    private const int Longest = 100;
    private const int DaysFrom1900To1904 = 1462;

    private static readonly DateOnly ExcelEpoch = new(1899, 12, 30); // Excel counts a 29.02.1900 that never was
    private static readonly Dictionary<string, int> Months = BuildMonths();

    /// <summary>The date; only a year or a month means its first day, with a notice.</summary>
    /// <param name="cell">Text, a number or a date of the workbook.</param>
    /// <param name="thisYear">Two-digit years up to ten years after it belong to this century, later ones to the last.</param>
    /// <param name="order">What stands first in the column, as <see cref="OrderOf"/> found it.</param>
    public static CellReading<DateOnly?> Read(ListCell? cell, int thisYear, DayOrder order = DayOrder.DayFirst)
    {
        if (cell is null)
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<DateOnly?>.Failed(cell);
        if (cell.Number is { } number)
            return FromNumber(number, cell.From1904);
        if (cell.Text.Length > Longest)
            return CellReading<DateOnly?>.Wrong("NotADate");
        var text = Prefixes().Replace(Spaces().Replace(cell.Text.Trim(), " "), "").Trim().TrimEnd(',', ';');
        if (NoValue.Is(text))
            return default;
        text = TimeOfDay().Replace(text, "");
        return FromText(text, thisYear, cell.From1904, order) is { } read ? InRange(read) : CellReading<DateOnly?>.Wrong("NotADate");
    }

    /// <summary>A list writes its days in one way: one „12/31/2019“ tells what „03/04/2019“ is in the same column.</summary>
    public static DayOrder OrderOf(IEnumerable<ListCell> column)
    {
        var (dayFirst, monthFirst) = (false, false);
        foreach (var cell in column.Where(c => c.Kind == ListCellKind.Text && c.Text.Length <= Longest))
            if (DayMonthYear().Match(cell.Text.Trim()) is { Success: true } day && day.Groups["sep"].Value == "/")
            {
                dayFirst |= Int(day, "a") > 12;
                monthFirst |= Int(day, "b") > 12;
            }
        return (dayFirst, monthFirst) switch
        {
            (true, true) => DayOrder.Doubtful,
            (false, true) => DayOrder.MonthFirst,
            _ => DayOrder.DayFirst,
        };
    }

    private static CellReading<DateOnly?> FromNumber(decimal number, bool from1904)
    {
        if (number is >= 1800 and <= 2199 && decimal.Truncate(number) == number)
            return YearOnly((int)number); // a serial this small would be a day around 1905: somebody typed a year
        if (
            number is >= 18_000_101 and <= 21_991_231
            && DateOnly.TryParseExact(
                ((int)number).ToString(CultureInfo.InvariantCulture),
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var written
            )
        )
            return new(written);
        // The first days of 1900 are zeros that a format shows as a day.
        number += from1904 ? DaysFrom1900To1904 : 0;
        return number is >= 3 and < 110_000 ? InRange(new(ExcelEpoch.AddDays((int)decimal.Floor(number)))) : CellReading<DateOnly?>.Wrong("NotADate");
    }

    private static CellReading<DateOnly?>? FromText(string text, int thisYear, bool from1904, DayOrder order)
    {
        if (DayMonthYear().Match(text) is { Success: true } dmy)
        {
            var (first, second) = (Int(dmy, "a"), Int(dmy, "b"));
            var (year, strokes) = (Year(dmy, thisYear), dmy.Groups["sep"].Value == "/");
            if (strokes && order == DayOrder.Doubtful && first <= 12 && second <= 12 && first != second)
                return CellReading<DateOnly?>.Wrong("DayOrMonthFirst", first, second);
            var monthFirst = strokes && first <= 12 && (second > 12 || order == DayOrder.MonthFirst);
            return monthFirst ? Day(year, first, second) : Day(year, second, first);
        }
        if (YearMonthDay().Match(text) is { Success: true } ymd)
            return Day(Int(ymd, "y"), Int(ymd, "m"), Int(ymd, "d"));
        if (Compact().Match(text) is { Success: true } compact)
            return Day(Int(compact, "y"), Int(compact, "m"), Int(compact, "d"));
        if (DayNamedMonth().Match(text) is { Success: true } named && Months.TryGetValue(HeaderWords.Key(named.Groups["m"].Value), out var month))
            return Day(Year(named, thisYear), month, Int(named, "d"));
        if (NamedMonthDay().Match(text) is { Success: true } english && Months.TryGetValue(HeaderWords.Key(english.Groups["m"].Value), out month))
            return Day(Year(english, thisYear), month, Int(english, "d"));
        if (NamedMonth().Match(text) is { Success: true } onlyMonth && Months.TryGetValue(HeaderWords.Key(onlyMonth.Groups["m"].Value), out month))
            return MonthOnly(Year(onlyMonth, thisYear), month);
        if (MonthYear().Match(text) is { Success: true } monthYear)
            return MonthOnly(Int(monthYear, "y"), Int(monthYear, "m"));
        if (BareYear().IsMatch(text))
            return YearOnly(int.Parse(text, CultureInfo.InvariantCulture));
        return Serial().IsMatch(text) ? FromNumber(decimal.Parse(text, CultureInfo.InvariantCulture), from1904) : null;
    }

    private static CellReading<DateOnly?> Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new(new DateOnly(year, month, day))
            : CellReading<DateOnly?>.Wrong("NoSuchDay");

    private static CellReading<DateOnly?> MonthOnly(int year, int month) =>
        month is >= 1 and <= 12 ? new(new DateOnly(year, month, 1), Notice: new Reason("MonthOnly")) : CellReading<DateOnly?>.Wrong("NoSuchDay");

    private static CellReading<DateOnly?> YearOnly(int year) => new(new DateOnly(year, 1, 1), Notice: new Reason("YearOnly"));

    private static CellReading<DateOnly?> InRange(CellReading<DateOnly?> read) =>
        read.Value is { Year: < 1800 or > 2199 } ? CellReading<DateOnly?>.Wrong("ImplausibleYear") : read;

    private static int Int(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static int Year(Match match, int thisYear)
    {
        var year = Int(match, "y");
        if (match.Groups["y"].Length > 2)
            return year;
        var century = thisYear / 100 * 100;
        return century + year <= thisYear + 10 ? century + year : century - 100 + year;
    }

    private static Dictionary<string, int> BuildMonths()
    {
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var culture in new[] { "de-DE", "de-AT", "fr-FR", "en-GB" })
            for (var month = 1; month <= 12; month++)
            {
                var format = CultureInfo.GetCultureInfo(culture).DateTimeFormat;
                foreach (var name in new[] { format.GetMonthName(month), format.GetAbbreviatedMonthName(month) })
                {
                    months.TryAdd(HeaderWords.Key(name), month);
                    if (name.Length > 3 && culture != "fr-FR") // juin and juillet would fall together
                        months.TryAdd(HeaderWords.Key(name[..3]), month);
                }
            }
        months.TryAdd("mrz", 3);
        months.TryAdd("sept", 9);
        return months;
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"^(seit|zum|ab|am|vom|per|since|on|from|depuis|le|au)\s+(dem\s+|le\s+)?|^(mo|di|mi|do|fr|sa|so)\w*\.?,\s*",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Prefixes();

    [GeneratedRegex(@"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?Z?$", RegexOptions.NonBacktracking)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})\s?(?<sep>[./-])\s?(?<b>[0-9]{1,2})\s?[./-]\s?(?<y>[0-9]{4}|[0-9]{2})\.?$", RegexOptions.NonBacktracking)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(@"^(?<y>[0-9]{4})[./-](?<m>[0-9]{1,2})[./-](?<d>[0-9]{1,2})$", RegexOptions.NonBacktracking)]
    private static partial Regex YearMonthDay();

    [GeneratedRegex(@"^(?<y>(18|19|20|21)[0-9][0-9])(?<m>[0-9][0-9])(?<d>[0-9][0-9])$", RegexOptions.NonBacktracking)]
    private static partial Regex Compact();

    [GeneratedRegex(
        @"^(?<d>[0-9]{1,2})(\.|er|st|nd|rd|th)?\s?-?(?<m>\p{L}{3,})\.?\s?-?(?<y>[0-9]{4}|[0-9]{2})$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex DayNamedMonth();

    [GeneratedRegex(@"^(?<m>\p{L}{3,})\.?\s(?<d>[0-9]{1,2})(st|nd|rd|th)?,?\s(?<y>[0-9]{4})$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NamedMonthDay();

    [GeneratedRegex(@"^(?<m>\p{L}{3,})\.?\s?(?<y>[0-9]{4}|[0-9]{2})$", RegexOptions.NonBacktracking)]
    private static partial Regex NamedMonth();

    [GeneratedRegex(@"^(?<m>[0-9]{1,2})[./-](?<y>(18|19|20|21)[0-9][0-9])$", RegexOptions.NonBacktracking)]
    private static partial Regex MonthYear();

    [GeneratedRegex(@"^(18|19|20|21)[0-9][0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex BareYear();

    [GeneratedRegex(@"^[0-9]{5}(\.[0-9]+)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Serial();
}
