using System.Globalization;
using Association.Platform.Web.Localisation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Association.Billing.Data;

/// <summary>Values of a list's address: read as a person types them, written in one way.</summary>
internal static class QueryValue
{
    public static string? Text(IQueryCollection query, string key) =>
        string.Concat(query[key].ToString().Where(c => !char.IsControl(c)).Take(200)).Trim() is { Length: > 0 } text ? text : null;

    public static T? Choice<T>(IQueryCollection query, string key)
        where T : struct, Enum => Enum.TryParse<T>(query[key], ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    public static int? Whole(IQueryCollection query, string key) =>
        int.TryParse(query[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 9999 ? number : null;

    public static decimal? Amount(IQueryCollection query, string key) =>
        TypedInput.TryNumber(query[key].ToString(), out var amount) && Math.Abs(amount) < 1_000_000_000 ? decimal.Round(amount, 2) : null;

    public static DateOnly? Day(IQueryCollection query, string key) =>
        TypedInput.TryDate(query[key].ToString(), out var day) && day.Year is > 1900 and < 2300 ? day : null;

    public static string? Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A query string without „?“, of the values that there are.</summary>
    public static string Write(params (string Key, string? Value)[] values)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in values)
            if (value is { Length: > 0 })
                query.Add(key, value);
        return query.ToString().TrimStart('?');
    }
}
