using System.Globalization;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Web.Lists;
using Microsoft.AspNetCore.Http;

namespace Association.Billing.Invoices.Browsing;

/// <summary>The list of invoices as it stands in the address; what cannot be read filters nothing.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Sort">The order; null for the usual one.</param>
/// <param name="Columns">What is shown.</param>
internal sealed record InvoiceQuery(InvoiceFilter Filter, string? Sort, ColumnChoice<InvoiceColumn> Columns)
{
    public bool IsFiltered => Filter != new InvoiceFilter();

    public static InvoiceQuery Read(IQueryCollection query) =>
        new(
            new InvoiceFilter(
                QueryValue.Text(query, "q") ?? "",
                QueryValue.Choice<InvoiceState>(query, "state"),
                QueryValue.Whole(query, "year"),
                QueryValue.Choice<PaymentRoute>(query, "route"),
                Guid.TryParse(query["run"], out var run) ? run : null,
                query["number"] is { Count: > 0 } ticked ? [.. ticked.OfType<string>()] : null,
                QueryValue.Amount(query, "amountfrom"),
                QueryValue.Amount(query, "amountto"),
                QueryValue.Day(query, "duefrom"),
                QueryValue.Day(query, "dueto"),
                QueryValue.Whole(query, "days")
            ),
            InvoiceOrder.Tidy(query["sort"]),
            ColumnChoice.Read(query, InvoiceColumns.Standard, InvoiceColumn.Number)
        );

    /// <summary>As the address writes it, without „?“; empty for the list as it is.</summary>
    public string ToQueryString() =>
        QueryValue.Write(
            ("q", Filter.Search),
            ("state", Filter.State?.ToString()),
            ("route", Filter.Route?.ToString()),
            ("year", Filter.DuesYear?.ToString(CultureInfo.InvariantCulture)),
            ("run", Filter.Run?.ToString()),
            ("amountfrom", Filter.AmountFrom?.ToString(CultureInfo.InvariantCulture)),
            ("amountto", Filter.AmountTo?.ToString(CultureInfo.InvariantCulture)),
            ("duefrom", QueryValue.Of(Filter.DueFrom)),
            ("dueto", QueryValue.Of(Filter.DueTo)),
            ("days", Filter.OverdueDays?.ToString(CultureInfo.InvariantCulture)),
            ("sort", Sort),
            (ColumnChoice.Parameter, Columns.Text)
        );
}
