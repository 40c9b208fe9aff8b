using System.Globalization;
using Association.Platform.Web.Localisation;

namespace Association.Billing.Accounts.Statement;

/// <summary>The period of a statement as it stands in the address; what cannot be read leaves that end open.</summary>
internal sealed record StatementPeriod(DateOnly? From, DateOnly? To)
{
    public static StatementPeriod Read(string? from, string? to) => new(Day(from), Day(to));

    /// <summary>A whole year.</summary>
    public static StatementPeriod Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    /// <summary><c>?from=2026-01-01&amp;to=2026-12-31</c>, or nothing.</summary>
    public string ToQueryString()
    {
        var query = new Microsoft.AspNetCore.Http.Extensions.QueryBuilder();
        if (From is { } from)
            query.Add("from", Iso(from));
        if (To is { } to)
            query.Add("to", Iso(to));
        return query.ToString();
    }

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) => TypedInput.TryDate(text ?? "", out var day) ? day : null;
}
