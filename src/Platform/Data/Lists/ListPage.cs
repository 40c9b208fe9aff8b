using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Association.Platform.Data.Lists;

/// <summary>Rows of a list, and the ways on from them.</summary>
/// <param name="Rows">In the order asked for, whichever way was paged.</param>
/// <param name="First">Position of the first row, from 1; 0 of none.</param>
/// <param name="After">Edge of the next page; null on the last.</param>
/// <param name="Before">Edge of the page before; null on the first.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, int First, string? After, string? Before)
{
    /// <summary>The same page of something else.</summary>
    public ListPage<TOther> Of<TOther>(Func<T, TOther> other) => new([.. Rows.Select(other)], First, After, Before);
}

/// <summary>
/// Which rows of a list are read: a page behind or ahead of an edge, or all of them. A page is found by the keys of the row at its edge and not by counting
/// rows, so that one far down costs as much as the first.
/// </summary>
/// <example><code>
/// var window = PageWindow.At(order, query.After, query.Before, query.Size);
/// var where = window.Within(filter.ToSql());
/// // select …, {window.EdgeSql} as Edge from … where {where.Sql} order by {window.OrderSql} limit @limit
/// return window.Cut(rows, r => r.Edge);
/// </code></example>
public sealed class PageWindow
{
    /// <summary>Rows of a page at most: those of a list on paper.</summary>
    public const int Most = 5000;

    private readonly ListOrder _read;
    private readonly string[]? _edge;
    private readonly int _before; // rows ahead of the edge
    private readonly bool _backwards;
    private readonly int? _size;

    private PageWindow(ListOrder order, string[]? edge, bool backwards, int? size)
    {
        _read = backwards ? order with { Descending = !order.Descending } : order;
        _edge = edge?[1..];
        _before = edge is null ? 0 : int.Parse(edge[0], CultureInfo.InvariantCulture);
        _backwards = backwards;
        _size = size;
    }

    /// <summary>A page. What stands in an address and is no edge of this order means the first one.</summary>
    /// <param name="order">Of the list.</param>
    /// <param name="after">The rows behind this edge.</param>
    /// <param name="before">The rows ahead of this edge; counts only without <paramref name="after"/>.</param>
    /// <param name="size">Rows a page, 1 … <see cref="Most"/>.</param>
    public static PageWindow At(ListOrder order, string? after, string? before, int size)
    {
        var behind = Read(after, order.Keys);
        var ahead = behind is null ? Read(before, order.Keys) : null;
        return new PageWindow(order, behind ?? ahead, ahead is not null, Math.Clamp(size, 1, Most));
    }

    /// <summary>All rows, for a workbook.</summary>
    public static PageWindow Everything(ListOrder order) => new(order, null, false, null);

    /// <summary>Whether all rows are read.</summary>
    public bool IsEverything => _size is null;

    /// <summary>Name of the order.</summary>
    public string Order => _read.Name;

    /// <summary>Stands after <c>order by</c>.</summary>
    public string OrderSql => _read.Sql;

    /// <summary>The row's edge, a column of the statement.</summary>
    public string EdgeSql => _read.EdgeSql;

    /// <summary>The conditions, and that a row lies in this window; with the parameter <c>@limit</c>: one row more than is shown tells whether others
    /// follow.</summary>
    public SqlConditions Within(SqlConditions conditions)
    {
        var within = new SqlConditions(conditions);
        within.Parameters.Add("limit", _size + 1, System.Data.DbType.Int32);
        if (_edge is null)
            return within;
        for (var i = 0; i < _edge.Length; i++)
            within.Parameters.Add($"edge{i}", _edge[i]);
        var (row, edge) = (_read.Keys.Select(k => k.Expression), _read.Keys.Select((k, i) => $"@edge{i}::{k.Type}"));
        return within.And($"({string.Join(", ", row)}) {(_read.Descending ? '<' : '>')} ({string.Join(", ", edge)})");
    }

    /// <summary>The page of what was read.</summary>
    /// <param name="read">At most one row more than the page has.</param>
    /// <param name="edge">What <see cref="EdgeSql"/> says of a row.</param>
    public ListPage<T> Cut<T>(IReadOnlyList<T> read, Func<T, string[]> edge)
    {
        var more = read.Count > _size;
        var rows = read.Take(_size ?? read.Count).ToList();
        if (rows.Count == 0)
            return new ListPage<T>([], 0, null, null);
        if (_backwards)
            rows.Reverse();
        var first = _backwards ? Math.Max(0, _before - rows.Count) : _before;
        return new ListPage<T>(
            rows,
            first + 1,
            _backwards || more ? Write(first + rows.Count, edge(rows[^1])) : null,
            _backwards ? (more ? Write(first, edge(rows[0])) : null)
                : _edge is not null ? Write(first, edge(rows[0]))
                : null
        );
    }

    private static string Write(int before, string[] edge) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { before.ToString(CultureInfo.InvariantCulture) }.Concat(edge)));

    // How many rows lie ahead, then the keys.
    private static string[]? Read(string? text, IReadOnlyList<SortKey> keys)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 4000)
            return null;
        try
        {
            var edge = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text));
            return
                edge?.Length == keys.Count + 1
                && edge.All(v => v is not null && !v.Contains('\0', StringComparison.Ordinal))
                && Fits(edge[0], "int")
                && edge.Skip(1).Zip(keys).All(v => Fits(v.First, v.Second.Type))
                ? edge
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private static bool Fits(string value, string type) =>
        type switch
        {
            "text" => true,
            "uuid" => Guid.TryParse(value, out _),
            "date" => value is "-infinity" or "infinity"
                || DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "numeric" => decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
            "smallint" => short.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "int" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "bigint" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of a sort key."),
        };
}
