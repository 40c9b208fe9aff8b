using System.Globalization;
using Dapper;

namespace Association.Billing.Data;

/// <summary>An order of the list: the columns that make it unique, so that a page can begin behind any row.</summary>
/// <param name="Columns">SQL expressions and the types of their values.</param>
/// <param name="Descending">From the end.</param>
internal sealed record ListOrder(IReadOnlyList<(string Expression, string Type)> Columns, bool Descending)
{
    /// <summary>The <c>order by</c> list.</summary>
    public string Sql => string.Join(", ", Columns.Select(c => Descending ? c.Expression + " desc" : c.Expression));

    /// <summary>An array of the row's values, as text: the edge of a page that ends with it.</summary>
    public string EdgeSql => $"array[{string.Join(", ", Columns.Select(c => $"({c.Expression})::text"))}]";

    /// <summary>The condition for the rows behind an edge; null when what stands in the address is no edge of this order.</summary>
    public string? Behind(string? after, DynamicParameters parameters)
    {
        if (PageKey.Read(after, Columns.Count) is not { } edge || !edge.Zip(Columns).All(v => Fits(v.First, v.Second.Type)))
            return null;
        for (var i = 0; i < edge.Length; i++)
            parameters.Add($"edge{i}", edge[i]);
        return $"({string.Join(", ", Columns.Select(c => c.Expression))}) {(Descending ? '<' : '>')} ({string.Join(", ", Columns.Select((c, i) => $"@edge{i}::{c.Type}"))})";
    }

    private static bool Fits(string value, string type) =>
        type switch
        {
            "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "numeric" => decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
            "int" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
}
