using System.Globalization;
using Association.Membership.Contracts;
using Microsoft.AspNetCore.Http.Extensions;

namespace Association.Billing.Invoices.Browsing;

/// <summary>The filter of the list as it stands in the address; what cannot be read filters nothing.</summary>
internal sealed record InvoiceQuery(string Search = "", InvoiceState? State = null, PaymentRoute? Route = null, int? DuesYear = null, Guid? Run = null)
{
    public bool IsFiltered => this != new InvoiceQuery();

    public InvoiceFilter Filter => new(Search, State, DuesYear, Route, Run);

    public static InvoiceQuery Read(string? search, string? state, string? route, string? year, string? run) => new(
        search?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, 200)] : "",
        Choice<InvoiceState>(state), Choice<PaymentRoute>(route),
        int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) ? y : null,
        Guid.TryParse(run, out var id) ? id : null);

    /// <summary><c>?q=…&amp;state=…</c>, or nothing.</summary>
    public string ToQueryString()
    {
        var query = new QueryBuilder();
        if (Search.Length > 0) query.Add("q", Search);
        if (State is { } state) query.Add("state", state.ToString());
        if (Route is { } route) query.Add("route", route.ToString());
        if (DuesYear is { } year) query.Add("year", year.ToString(CultureInfo.InvariantCulture));
        if (Run is { } run) query.Add("run", run.ToString());
        return query.ToString();
    }

    private static T? Choice<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
