using System.Globalization;
using Association.Billing.Data;
using Dapper;

namespace Association.Billing.Invoices.Browsing;

/// <summary>An order of the list: the columns that make it unique, so that a page can begin behind any row.</summary>
/// <param name="Columns">SQL expressions and the types of their values.</param>
/// <param name="Descending">From the end.</param>
internal sealed record InvoiceOrder(IReadOnlyList<(string Expression, string Type)> Columns, bool Descending)
{
    private static readonly (string, string)[] Number = [("i.series", "text"), ("i.year", "int"), ("i.sequence", "int")];

    /// <summary><c>number</c>, <c>name</c>, <c>due</c> or <c>amount</c>, with „-“ before it from the end; anything else is the newest first.</summary>
    public static InvoiceOrder Of(string? sort) => (sort ?? "").TrimStart('-') switch
    {
        "number" => new InvoiceOrder(Number, sort![0] == '-'),
        "name" => new InvoiceOrder([("a.name collate \"de-DE-x-icu\"", "text"), .. Number], sort![0] == '-'),
        "due" => new InvoiceOrder([("i.due_on", "date"), .. Number], sort![0] == '-'),
        "amount" => new InvoiceOrder([("i.amount", "numeric"), .. Number], sort![0] == '-'),
        _ => new InvoiceOrder([("i.issued_on", "date"), .. Number], true),
    };

    /// <summary>The <c>order by</c> list.</summary>
    public string Sql => string.Join(", ", Columns.Select(c => Descending ? c.Expression + " desc" : c.Expression));

    /// <summary>An array of the row's values, as text: the edge of a page that ends with it.</summary>
    public string EdgeSql => $"array[{string.Join(", ", Columns.Select(c => $"({c.Expression})::text"))}]";

    /// <summary>The condition for the rows behind an edge; null when what stands in the address is no edge of this order.</summary>
    public string? Behind(string? after, DynamicParameters parameters)
    {
        if (PageKey.Read(after, Columns.Count) is not { } edge || !edge.Zip(Columns).All(v => Fits(v.First, v.Second.Type))) return null;
        for (var i = 0; i < edge.Length; i++) parameters.Add($"edge{i}", edge[i]);
        return $"({string.Join(", ", Columns.Select(c => c.Expression))}) {(Descending ? '<' : '>')} ({string.Join(", ", Columns.Select((c, i) => $"@edge{i}::{c.Type}"))})";
    }

    private static bool Fits(string value, string type) => type switch
    {
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "numeric" => decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        "int" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        _ => true,
    };
}
