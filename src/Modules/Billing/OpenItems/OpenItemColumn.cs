using Association.Platform.Documents.Excel;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.OpenItems;

/// <summary>What the list can show of an open item.</summary>
internal enum OpenItemColumn
{
    MemberNumber,
    Member,
    Invoice,
    DueOn,
    Days,
    Amount,
    Open,
    Route,
    Age,
    Iban,
    Reference,
}

/// <summary>The columns on the page and in the workbook: the same words, the same order.</summary>
internal static class OpenItemColumns
{
    public static readonly IReadOnlyList<OpenItemColumn> Standard =
    [
        OpenItemColumn.MemberNumber,
        OpenItemColumn.Member,
        OpenItemColumn.Invoice,
        OpenItemColumn.DueOn,
        OpenItemColumn.Days,
        OpenItemColumn.Amount,
        OpenItemColumn.Open,
        OpenItemColumn.Route,
    ];

    public static string HeaderOf(this IStringLocalizer<BillingTexts> texts, OpenItemColumn column) =>
        column switch
        {
            OpenItemColumn.MemberNumber => texts["Column.AccountNumber"],
            OpenItemColumn.Route => texts["Filter.Route"],
            OpenItemColumn.Age => texts["OpenItems.Ages"],
            OpenItemColumn.Iban => "IBAN",
            _ => texts[$"Column.{column}"],
        };

    /// <summary>The order that a click on the heading asks for; null for a column that does not sort.</summary>
    public static string? SortOf(OpenItemColumn column) =>
        column switch
        {
            OpenItemColumn.Member => "name",
            OpenItemColumn.Invoice => "number",
            OpenItemColumn.DueOn => "due",
            OpenItemColumn.Amount => "amount",
            OpenItemColumn.Open => "open",
            _ => null,
        };

    public static bool IsNumeric(OpenItemColumn column) =>
        column is OpenItemColumn.MemberNumber or OpenItemColumn.DueOn or OpenItemColumn.Days or OpenItemColumn.Amount or OpenItemColumn.Open;

    /// <summary>Whole days since the due day; null while it is not due.</summary>
    public static int? DaysOf(OpenItem item, DateOnly today) => item.Age == OpenItemAge.NotDue ? null : today.DayNumber - item.Due.DayNumber;

    /// <summary>The columns of the workbook.</summary>
    public static SheetColumns<OpenItem> Sheet(IReadOnlyList<OpenItemColumn> shown, IStringLocalizer<BillingTexts> texts, DateOnly today)
    {
        var ages = Enum.GetValues<OpenItemAge>().ToDictionary(a => a, a => texts["Age." + a].Value);
        var routes = Enum.GetValues<Membership.Contracts.PaymentRoute>().ToDictionary(r => r, r => texts["Route." + r].Value);
        var sheet = new SheetColumns<OpenItem>();
        foreach (var column in shown)
        {
            var header = texts.HeaderOf(column);
            sheet = column switch
            {
                OpenItemColumn.MemberNumber => sheet.Text(header, i => i.Member),
                OpenItemColumn.Member => sheet.Text(header, i => i.Name),
                OpenItemColumn.Invoice => sheet.Text(header, i => i.Invoice),
                OpenItemColumn.DueOn => sheet.Date(header, i => i.Due),
                OpenItemColumn.Days => sheet.WholeNumber(header, i => DaysOf(i, today)),
                OpenItemColumn.Amount => sheet.Money(header, i => i.Amount),
                OpenItemColumn.Open => sheet.Money(header, i => i.Open),
                OpenItemColumn.Route => sheet.Text(header, i => routes[i.Route]),
                OpenItemColumn.Age => sheet.Text(header, i => ages[i.Age]),
                OpenItemColumn.Iban => sheet.Text(header, i => Formats.Iban(i.Iban)),
                OpenItemColumn.Reference => sheet.Text(header, i => i.Reference),
                _ => throw new ArgumentOutOfRangeException(nameof(shown), column, "No such column."),
            };
        }
        return sheet;
    }
}
