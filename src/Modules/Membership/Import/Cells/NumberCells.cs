using System.Globalization;
using System.Text.RegularExpressions;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Cells;

/// <summary>Reads amounts of money as people type them: <c>1.812,37 €</c>, <c>500,00 EUR</c>, <c>€ 60,-</c>, <c>1 812,37</c>.</summary>
internal static partial class MoneyCell
{
    private const decimal Limit = 1_000_000_000m;

    public static CellReading<Money?> Read(ListCell? cell)
    {
        if (cell is null)
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<Money?>.Wrong("FormulaError", cell.Text);
        if (cell.Kind == ListCellKind.Date)
            return CellReading<Money?>.Wrong("NotAnAmount");
        if (cell.Number is { } number)
            return Check(Math.Abs(number) < Limit ? decimal.Round(number, 6) : number); // a workbook stores 1812.37 as 1812.3699999999999
        if (NoValue.Is(cell.Text))
            return default;
        var text = Currency().Replace(Blanks().Replace(cell.Text, ""), "");
        text = Dashes().Replace(text, "");
        return NumberText.Parse(text) is { } amount ? Check(amount) : CellReading<Money?>.Wrong("NotAnAmount");
    }

    private static CellReading<Money?> Check(decimal amount) =>
        amount < 0 ? CellReading<Money?>.Wrong("NegativeAmount")
        : amount >= Limit ? CellReading<Money?>.Wrong("AmountTooLarge")
        : decimal.Round(amount, 2) != amount ? CellReading<Money?>.Wrong("FractionsOfACent")
        : new(new Money(decimal.Round(amount, 2)));

    [GeneratedRegex(@"[\s\u00a0\u202f'’]")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(€|EUR|EURO|EUROS)|(€|EUR|EURO|EUROS)$", RegexOptions.IgnoreCase)]
    private static partial Regex Currency();

    [GeneratedRegex(@"[.,](-|–|—){1,2}$")]
    private static partial Regex Dashes();
}

/// <summary>Reads counts: <c>480</c>, <c>1.250</c>, <c>1 250</c>, <c>120 Betten</c>. „ca. 90“ is no count.</summary>
internal static partial class CountCell
{
    private const decimal Limit = 100_000_000m;

    public static CellReading<int?> Read(ListCell? cell)
    {
        if (cell is null)
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<int?>.Wrong("FormulaError", cell.Text);
        if (cell.Kind == ListCellKind.Date)
            return CellReading<int?>.Wrong("NotACount");
        if (cell.Number is { } number)
            return Check(number);
        if (NoValue.Is(cell.Text))
            return default;
        var text = Unit().Replace(Blanks().Replace(cell.Text, ""), "");
        return Grouped().IsMatch(text) && NumberText.Parse(text) is { } count ? Check(count) : CellReading<int?>.Wrong("NotACount");
    }

    private static CellReading<int?> Check(decimal count) =>
        count < 0 || decimal.Truncate(count) != count ? CellReading<int?>.Wrong("NotACount")
        : count >= Limit ? CellReading<int?>.Wrong("CountTooLarge")
        : new((int)count);

    [GeneratedRegex(@"[\s\u00a0\u202f'’]")]
    private static partial Regex Blanks();

    [GeneratedRegex(
        @"(planbetten|betten|mitarbeiter|mitarbeitende|beschäftigte|einwohner|ma|ew|beds|employees|inhabitants|lits|salariés|habitants)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Unit();

    [GeneratedRegex(@"^(\d{1,9}|\d{1,3}([.,]\d{3})+)([.,]0{1,2})?$")]
    private static partial Regex Grouped();
}

/// <summary>Decimal numbers whose separators have to be guessed from where they stand.</summary>
internal static class NumberText
{
    /// <summary>The number; null when it is none. The last separator is the decimal one, unless three digits follow it.</summary>
    public static decimal? Parse(string text)
    {
        var last = text.LastIndexOfAny(['.', ',']);
        if (last >= 0)
        {
            var separator = text[last];
            var other = separator == '.' ? ',' : '.';
            var groups =
                text.Count(c => c == separator) > 1 || (text.Length - last - 1 == 3 && !text.Contains(other, StringComparison.Ordinal) && last is > 0 and <= 3);
            if (groups && text.Contains(other, StringComparison.Ordinal))
                return null; // 1.234,567.89
            text = groups
                ? text.Replace(separator.ToString(), "", StringComparison.Ordinal)
                : text[..last].Replace(other.ToString(), "", StringComparison.Ordinal) + "." + text[(last + 1)..];
        }
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }
}
