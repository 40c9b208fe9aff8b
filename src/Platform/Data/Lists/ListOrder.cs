namespace Association.Platform.Data.Lists;

/// <summary>A value by which rows are ordered.</summary>
/// <param name="Expression">SQL; never null in a row.</param>
/// <param name="Type">PostgreSQL's name of its type: <c>text</c>, <c>date</c>, <c>numeric</c>, <c>uuid</c> or a kind of whole number.</param>
public readonly record struct SortKey(string Expression, string Type);

/// <summary>An order of a list: the values that make the place of a row unique, so that a page can begin behind any row.</summary>
/// <param name="Name">As the address has it, without „-“.</param>
/// <param name="Keys">The first one counts most.</param>
/// <param name="Descending">From the end.</param>
public sealed record ListOrder(string Name, IReadOnlyList<SortKey> Keys, bool Descending)
{
    /// <summary>Stands after <c>order by</c>.</summary>
    public string Sql => string.Join(", ", Keys.Select(k => Descending ? k.Expression + " desc" : k.Expression));

    /// <summary>An array of the row's values, as text: the edge of a page that begins or ends with it.</summary>
    public string EdgeSql => $"array[{string.Join(", ", Keys.Select(k => $"({k.Expression})::text"))}]";
}

/// <summary>The orders that a list has, each under the name that its address uses: <c>town</c>, and <c>-town</c> from the end.</summary>
/// <param name="standard">The usual one, in the same words; it does not stand in the address.</param>
/// <param name="orders">Their keys, by name.</param>
public sealed class ListOrders(string standard, IReadOnlyDictionary<string, IReadOnlyList<SortKey>> orders)
{
    /// <summary>The usual one.</summary>
    public string Standard => standard;

    /// <summary>Without direction.</summary>
    public IEnumerable<string> Names => orders.Keys;

    /// <summary>The order as the address writes it; null for the usual one and for what is none.</summary>
    public string? Tidy(string? sort) => sort is { Length: > 0 } && sort != standard && orders.ContainsKey(NameOf(sort)) ? sort : null;

    /// <summary>The order meant; the usual one for what is none.</summary>
    public ListOrder Of(string? sort)
    {
        var tidy = Tidy(sort) ?? standard;
        return new ListOrder(NameOf(tidy), orders[NameOf(tidy)], tidy[0] == '-');
    }

    private static string NameOf(string sort) => sort[0] == '-' ? sort[1..] : sort;
}
