using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Reading;

/// <summary>What a row below the header is.</summary>
internal enum RowKind
{
    Data,

    /// <summary>„Summe“, „Gesamt“, „Total“, or nothing but amounts.</summary>
    Total,

    /// <summary>The header once more.</summary>
    Header,

    /// <summary>One lonely cell: a heading of a block, or a note.</summary>
    Note,
    Blank,
}

/// <summary>Rows that hold no member, in the order of the list.</summary>
internal sealed record IgnoredRows(int First, int Last, RowKind Kind, string Text)
{
    public int Count => Last - First + 1;
}

/// <summary>Tells members from totals, headings and notes.</summary>
internal sealed class RowKinds
{
    private static readonly HashSet<string> TotalWords =
    [
        "summe",
        "summen",
        "gesamt",
        "gesamtsumme",
        "gesamtbetrag",
        "zwischensumme",
        "insgesamt",
        "total",
        "totals",
        "totaux",
        "subtotal",
        "soustotal",
        "somme",
        "sum",
        "grandtotal",
        "anzahl",
        "uebertrag",
    ];

    private readonly IReadOnlyDictionary<int, string> _headers;
    private readonly int[] _identity;
    private readonly int[] _names;
    private readonly int? _number;
    private readonly int _mapped;

    public RowKinds(ListTable table, ListMapping mapping)
    {
        _headers = table.Headers;
        _names = [.. mapping.Columns.Where(c => c.Field is MemberField.Name or MemberField.LastName or MemberField.FirstName).Select(c => c.Index)];
        _number = mapping.Column(MemberField.Number)?.Index;
        _identity =
        [
            .. mapping
                .Columns.Where(c =>
                    c.Field
                        is MemberField.Category
                            or MemberField.Street
                            or MemberField.PostalCode
                            or MemberField.Town
                            or MemberField.PostalCodeAndTown
                            or MemberField.Address
                            or MemberField.Email
                            or MemberField.Iban
                            or MemberField.JoinedOn
                )
                .Select(c => c.Index),
        ];
        _mapped = mapping.Columns.Count(c => c.Field != MemberField.None);
    }

    public RowKind Of(ListRow row)
    {
        if (row.Cells.Count >= 2 && row.Cells.Count(RepeatsHeader) >= Math.Max(2, row.Cells.Count / 2))
            return RowKind.Header;
        var named = _names.Any(c => row[c] is not null);
        var identified = _identity.Any(c => row[c] is not null);
        if (!identified && row.Cells.Values.Any(IsTotalWord))
            return RowKind.Total;
        if (!named && !identified)
            return row.Cells.Values.All(c => c.Number is not null || MoneyCell.Read(c).Value is not null) && !(_number is { } number && row[number] is not null)
                ? RowKind.Total
                : RowKind.Note;
        return row.Cells.Count == 1 && _mapped > 2 ? RowKind.Note : RowKind.Data;
    }

    private bool RepeatsHeader(KeyValuePair<int, ListCell> cell) =>
        _headers.TryGetValue(cell.Key, out var header)
        && header.Length > 0
        && cell.Value.Text.AsSpan().Trim().Equals(header, StringComparison.OrdinalIgnoreCase);

    private static bool IsTotalWord(ListCell cell)
    {
        if (cell.Kind != ListCellKind.Text || cell.Text.Length > 60)
            return false;
        var words = PlainText.Fold(cell.Text).Split([' ', ':', '=', '\t', '-'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && TotalWords.Contains(HeaderWords.Key(words[0]));
    }
}
