using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Localisation;

namespace Association.Membership.Import.Cells;

/// <summary>Reads amounts of money as people type them: <c>1.812,37 €</c>, <c>500,00 EUR</c>, <c>€ 60,-</c>, <c>1 812,37</c>.</summary>
internal static class MoneyCell
{
    private const decimal Limit = 1_000_000_000m;

    public static CellReading<Money?> Read(ListCell? cell)
    {
        if (cell is null)
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<Money?>.Failed(cell);
        if (cell.Kind == ListCellKind.Date)
            return CellReading<Money?>.Wrong("NotAnAmount");
        if (cell.Number is { } number)
            return Check(Math.Abs(number) < Limit ? decimal.Round(number, 6) : number); // a workbook stores 1812.37 as 1812.3699999999999
        if (NoValue.Is(cell.Text))
            return default;
        return TypedNumber.Read(cell.Text, ThreeDigits.PointGroups) switch
        {
            { Value: { } amount } => Check(amount),
            { Readings: var (withDecimals, whole) } => CellReading<Money?>.Wrong("TwoAmounts", withDecimals, whole),
            _ => CellReading<Money?>.Wrong("NotAnAmount"),
        };
    }

    private static CellReading<Money?> Check(decimal amount) =>
        amount < 0 ? CellReading<Money?>.Wrong("NegativeAmount")
        : amount >= Limit ? CellReading<Money?>.Wrong("AmountTooLarge")
        : decimal.Round(amount, 2) != amount ? CellReading<Money?>.Wrong("FractionsOfACent")
        : new(new Money(decimal.Round(amount, 2)));
}

/// <summary>Reads counts: <c>480</c>, <c>1.250</c>, <c>1 250</c>, <c>120 Betten</c>. „ca. 90“ is no count.</summary>
internal static class CountCell
{
    private const decimal Limit = 100_000_000m;

    private static readonly string[] Units =
    [
        "planbetten",
        "betten",
        "mitarbeiter",
        "mitarbeitende",
        "beschäftigte",
        "einwohner",
        "ma",
        "ew",
        "beds",
        "employees",
        "inhabitants",
        "lits",
        "salariés",
        "habitants",
    ];

    public static CellReading<int?> Read(ListCell? cell)
    {
        if (cell is null)
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<int?>.Failed(cell);
        if (cell.Kind == ListCellKind.Date)
            return CellReading<int?>.Wrong("NotACount");
        if (cell.Number is { } number)
            return Check(number);
        if (NoValue.Is(cell.Text))
            return default;
        return TypedNumber.Read(WithoutUnit(cell.Text.Trim()), ThreeDigits.Groups, TypedUnits.None) switch
        {
            { Value: { } count } => Check(count),
            { Readings: var (withDecimals, whole) } => CellReading<int?>.Wrong("TwoNumbers", withDecimals, whole),
            _ => CellReading<int?>.Wrong("NotACount"),
        };
    }

    private static string WithoutUnit(string text) =>
        Units.FirstOrDefault(u => text.EndsWith(u, StringComparison.OrdinalIgnoreCase)) is { } unit ? text[..^unit.Length] : text;

    private static CellReading<int?> Check(decimal count) =>
        count < 0 || decimal.Truncate(count) != count ? CellReading<int?>.Wrong("NotACount")
        : count >= Limit ? CellReading<int?>.Wrong("CountTooLarge")
        : new((int)count);
}
