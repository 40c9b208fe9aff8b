using System.Globalization;
using Association.Membership.Contracts;
using Microsoft.AspNetCore.Http;

namespace Association.Membership.Members.List;

/// <summary>The state of the list as it stands in the address; page and export read the same.</summary>
internal static class MemberListAddress
{
    public static ListMembers Read(IQueryCollection query)
    {
        var sort = Text(query, "sort") ?? "name";
        var descending = sort.StartsWith('-');
        return new ListMembers(
            new MemberFilter(
                Text(query, "q"), Text(query, "category"), Choice<MemberStatus>(query, "status"), Text(query, "town"), Choice<PaymentRoute>(query, "route"),
                Year(query, "joined"), Year(query, "leaves"), Text(query, "open") is not null),
            Enum.TryParse<MemberSort>(sort.TrimStart('-'), ignoreCase: true, out var by) && Enum.IsDefined(by) ? by : MemberSort.Name,
            descending, Text(query, "after"), Text(query, "before"),
            int.TryParse(Text(query, "size"), CultureInfo.InvariantCulture, out var size) && size is 20 or 100 ? size : 50);
    }

    /// <summary>The order as the column headings write it: <c>name</c>, <c>-joined</c>.</summary>
    public static string SortOf(ListMembers list) => (list.Descending ? "-" : "") + list.Sort.ToString().ToLowerInvariant();

    private static string? Text(IQueryCollection query, string key) =>
        query[key].ToString().Trim() is { Length: > 0 } text ? string.Concat(text.Where(c => !char.IsControl(c)).Take(4000)) : null;

    private static T? Choice<T>(IQueryCollection query, string key) where T : struct, Enum =>
        Enum.TryParse<T>(Text(query, key), ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static int? Year(IQueryCollection query, string key) =>
        int.TryParse(Text(query, key), CultureInfo.InvariantCulture, out var year) && year is > 1800 and < 2300 ? year : null;
}
