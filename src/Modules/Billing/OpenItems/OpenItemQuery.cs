using System.Globalization;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Web.Lists;
using Microsoft.AspNetCore.Http;

namespace Association.Billing.OpenItems;

/// <summary>The list of open items as it stands in the address; what cannot be read filters nothing.</summary>
/// <param name="List">Which, and in which order.</param>
/// <param name="Columns">What is shown.</param>
internal sealed record OpenItemQuery(ListOpenItems List, ColumnChoice<OpenItemColumn> Columns)
{
    public static OpenItemQuery Read(IQueryCollection query) =>
        new(
            new ListOpenItems(
                QueryValue.Text(query, "q") ?? "",
                QueryValue.Choice<OpenItemAge>(query, "age"),
                query["after"],
                Filter: new OpenItemFilter(
                    QueryValue.Choice<PaymentRoute>(query, "route"),
                    QueryValue.Amount(query, "openfrom"),
                    QueryValue.Amount(query, "opento"),
                    QueryValue.Whole(query, "days"),
                    query["number"] is { Count: > 0 } ticked ? [.. ticked.OfType<string>()] : null
                ),
                Sort: OpenItemOrder.Tidy(query["sort"])
            ),
            ColumnChoice.Read(query, OpenItemColumns.Standard, OpenItemColumn.Member)
        );

    /// <summary>As the address writes it, without „?“; empty for the list as it is.</summary>
    public string ToQueryString() =>
        QueryValue.Write(
            ("q", List.Search),
            ("age", List.Age?.ToString()),
            ("route", List.Filter!.Route?.ToString()),
            ("openfrom", List.Filter.OpenFrom?.ToString(CultureInfo.InvariantCulture)),
            ("opento", List.Filter.OpenTo?.ToString(CultureInfo.InvariantCulture)),
            ("days", List.Filter.Days?.ToString(CultureInfo.InvariantCulture)),
            ("sort", List.Sort),
            (ColumnChoice.Parameter, Columns.Text)
        );
}
