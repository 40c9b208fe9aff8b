using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Browsing;

/// <summary>What the list can show of an invoice.</summary>
internal enum InvoiceColumn
{
    Number,
    MemberNumber,
    Member,
    DuesYear,
    IssuedOn,
    DueOn,
    Amount,
    Open,
    State,
    Route,
}

/// <summary>The columns on the page and in the workbook: the same words, the same order.</summary>
internal static class InvoiceColumns
{
    public static readonly IReadOnlyList<InvoiceColumn> Standard =
    [
        InvoiceColumn.Number,
        InvoiceColumn.MemberNumber,
        InvoiceColumn.Member,
        InvoiceColumn.DuesYear,
        InvoiceColumn.IssuedOn,
        InvoiceColumn.DueOn,
        InvoiceColumn.Amount,
        InvoiceColumn.Open,
        InvoiceColumn.State,
    ];

    public static string HeaderOf(this IStringLocalizer<BillingTexts> texts, InvoiceColumn column) =>
        column switch
        {
            InvoiceColumn.MemberNumber => texts["Column.AccountNumber"],
            InvoiceColumn.Route => texts["Filter.Route"],
            _ => texts[$"Column.{column}"],
        };

    /// <summary>The order that a click on the heading asks for; null for a column that does not sort.</summary>
    public static string? SortOf(InvoiceColumn column) =>
        column switch
        {
            InvoiceColumn.Number => "number",
            InvoiceColumn.Member => "name",
            InvoiceColumn.IssuedOn => "issued",
            InvoiceColumn.DueOn => "due",
            InvoiceColumn.Amount => "amount",
            _ => null,
        };

    public static bool IsNumeric(InvoiceColumn column) =>
        column
            is InvoiceColumn.MemberNumber
                or InvoiceColumn.DuesYear
                or InvoiceColumn.IssuedOn
                or InvoiceColumn.DueOn
                or InvoiceColumn.Amount
                or InvoiceColumn.Open;

    /// <summary>The columns of the workbook.</summary>
    public static SheetColumns<InvoiceLine> Sheet(IReadOnlyList<InvoiceColumn> shown, IStringLocalizer<BillingTexts> texts)
    {
        var states = Enum.GetValues<InvoiceState>().ToDictionary(s => s, s => texts["State." + s].Value);
        var routes = Enum.GetValues<Membership.Contracts.PaymentRoute>().ToDictionary(r => r, r => texts["Route." + r].Value);
        var sheet = new SheetColumns<InvoiceLine>();
        foreach (var column in shown)
        {
            var header = texts.HeaderOf(column);
            sheet = column switch
            {
                InvoiceColumn.Number => sheet.Text(header, l => l.Number),
                InvoiceColumn.MemberNumber => sheet.Text(header, l => l.MemberNumber),
                InvoiceColumn.Member => sheet.Text(header, l => l.MemberName),
                InvoiceColumn.DuesYear => sheet.WholeNumber(header, l => l.DuesYear),
                InvoiceColumn.IssuedOn => sheet.Date(header, l => l.IssuedOn),
                InvoiceColumn.DueOn => sheet.Date(header, l => l.PayOn),
                InvoiceColumn.Amount => sheet.Money(header, l => l.Amount),
                InvoiceColumn.Open => sheet.Money(header, l => l.Open > Money.Zero ? l.Open : null),
                InvoiceColumn.State => sheet.Text(header, l => states[l.State]),
                InvoiceColumn.Route => sheet.Text(header, l => l.State == InvoiceState.Cancellation ? null : routes[l.Route]),
                _ => throw new ArgumentOutOfRangeException(nameof(shown), column, "No such column."),
            };
        }
        return sheet;
    }
}
