using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Members.List.Rows;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Localisation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Association.Membership.Members.List.Filtering;

/// <summary>The state of the list as it stands in the address; page, export, saved views and bulk actions read the same.</summary>
internal static class MemberListAddress
{
    /// <summary>The parameter of a ticked row: a member's number.</summary>
    public const string Ticked = "n";

    public static ListMembers Read(IQueryCollection query)
    {
        var sort = Text(query, "sort") ?? "name";
        var filter = new MemberFilter(
            Text(query, "q"),
            Text(query, "category"),
            Choice<MemberStatus>(query, "status"),
            Text(query, "town"),
            Choice<PaymentRoute>(query, "route"),
            Year(query, "joined"),
            Year(query, "leaves"),
            Text(query, "open") is not null,
            Text(query, "plz"),
            Day(query, "since"),
            Day(query, "until"),
            Choice<MissingDetail>(query, "missing"),
            Text(query, "tag"),
            Text(query, "notag"),
            Amount(query, "duesfrom"),
            Amount(query, "duesto")
        );
        return new ListMembers(
            query[Ticked] is { Count: > 0 } ticked
                ? filter with
                {
                    Numbers = [.. ticked.OfType<string>().Where(n => n.Length <= 40 && !n.Any(char.IsControl)).Distinct().Take(1000)],
                }
                : filter,
            Enum.GetValues<MemberSort>().FirstOrDefault(s => KeyOf(s) == sort.TrimStart('-')),
            sort.StartsWith('-'),
            Text(query, "after"),
            Text(query, "before"),
            int.TryParse(Text(query, "size"), CultureInfo.InvariantCulture, out var size) && size is 20 or 100 ? size : 50,
            Columns: Columns(query).Shown
        );
    }

    /// <summary>The columns that the address asks for.</summary>
    public static ColumnChoice<MemberColumn> Columns(IQueryCollection query) => ColumnChoice.Read(query, MemberColumns.Standard, MemberColumn.Name);

    /// <summary>Filter, order and columns as the address writes them, without „?“; empty for the list as it is.</summary>
    public static string Write(ListMembers list, ColumnChoice<MemberColumn> columns)
    {
        var (f, query) = (list.Filter, new QueryBuilder());
        Add("q", f.Search);
        Add("category", f.Category);
        Add("status", f.Status?.ToString());
        Add("town", f.Town);
        Add("plz", f.PostalCode);
        Add("route", f.Route?.ToString());
        Add("joined", f.JoinedIn?.ToString(CultureInfo.InvariantCulture));
        Add("since", f.JoinedFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("until", f.JoinedTo?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("leaves", f.LeavesIn?.ToString(CultureInfo.InvariantCulture));
        Add("open", f.ToClarify ? "1" : null);
        Add("missing", f.Missing?.ToString());
        Add("tag", f.Tag);
        Add("notag", f.WithoutTag);
        Add("duesfrom", f.DuesFrom?.ToString(CultureInfo.InvariantCulture));
        Add("duesto", f.DuesTo?.ToString(CultureInfo.InvariantCulture));
        Add("sort", SortOf(list) is "name" ? null : SortOf(list));
        Add(ColumnChoice.Parameter, columns.Text);
        return query.ToQueryString().Value![Math.Min(1, query.ToQueryString().Value!.Length)..];

        void Add(string key, string? value)
        {
            if (value is { Length: > 0 })
                query.Add(key, value);
        }
    }

    /// <summary>What the list understands of an address, in its own order.</summary>
    public static string Canonical(IQueryCollection query) => Write(Read(query), Columns(query));

    /// <summary>The order as the column headings write it: <c>name</c>, <c>-joined</c>.</summary>
    public static string SortOf(ListMembers list) => (list.Descending ? "-" : "") + KeyOf(list.Sort);

    /// <summary>The name of an order in the address.</summary>
    public static string KeyOf(MemberSort sort) => sort.ToString().ToLowerInvariant();

    private static string? Text(IQueryCollection query, string key) =>
        query[key].ToString().Trim() is { Length: > 0 } text ? string.Concat(text.Where(c => !char.IsControl(c)).Take(4000)) : null;

    private static T? Choice<T>(IQueryCollection query, string key)
        where T : struct, Enum => Enum.TryParse<T>(Text(query, key), ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static int? Year(IQueryCollection query, string key) =>
        int.TryParse(Text(query, key), CultureInfo.InvariantCulture, out var year) && year is > 1800 and < 2300 ? year : null;

    private static DateOnly? Day(IQueryCollection query, string key) =>
        Text(query, key) is { } text && TypedInput.TryDate(text, out var day) && day.Year is > 1800 and < 2300 ? day : null;

    private static decimal? Amount(IQueryCollection query, string key) =>
        Text(query, key) is { } text && TypedInput.TryNumber(text, out var amount) && amount is >= 0 and < 1_000_000_000 ? decimal.Round(amount, 2) : null;
}
