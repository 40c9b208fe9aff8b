using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;

namespace Association.Membership.Import.Reading;

/// <summary>The table inside a spreadsheet: where it stands, what is written above its columns, and its rows.</summary>
/// <param name="Sheet">The sheet it was found on.</param>
/// <param name="OtherSheets">Sheets with content that were not read.</param>
/// <param name="HeaderRow">0 when the table has no header.</param>
/// <param name="Headers">Column to header text; every column that holds anything has an entry, maybe empty.</param>
/// <param name="Rows">Filled rows below the header.</param>
/// <param name="AsOf">„Stand 15.10.2026“ above the table.</param>
internal sealed partial record ListTable(
    string Sheet,
    IReadOnlyList<string> OtherSheets,
    int HeaderRow,
    IReadOnlyDictionary<int, string> Headers,
    IReadOnlyList<ListRow> Rows,
    DateOnly? AsOf
)
{
    private const int RowsToLookAt = 60;

    /// <summary>Same headers in the same order, whatever the year in them: the same kind of list.</summary>
    public string Fingerprint
    {
        get
        {
            var shape = string.Join('|', Headers.OrderBy(h => h.Key).Select(h => HeaderRow == 0 ? "" : ColumnName(h.Value)));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shape)));
        }
    }

    /// <summary>A header without its year, by which a mapping is remembered.</summary>
    public static string ColumnName(string header) => HeaderWords.Key(HeaderWords.WithoutYear(header, ""));

    /// <summary>Finds the one table that looks most like a list of members.</summary>
    /// <returns>Null when no sheet holds at least one row below a header, or rows that speak for themselves.</returns>
    public static ListTable? Find(ListDocument document, int thisYear)
    {
        var sheets = document.Sheets.Where(s => s.Rows.Count > 0).ToArray();
        var best = sheets
            .SelectMany(sheet => sheet.Rows.Take(RowsToLookAt).Select((row, at) => (sheet, row, at, fields: FieldsIn(row))))
            .Where(c =>
                c.fields.Count >= 2 && (c.fields.Contains(MemberField.Name) || c.fields.Contains(MemberField.LastName) || c.fields.Contains(MemberField.Number))
            )
            .OrderByDescending(c => c.fields.Count)
            .ThenByDescending(c => c.sheet.Rows.Count)
            .ThenBy(c => c.at)
            .FirstOrDefault();
        if (best.sheet is not null)
            return Build(sheets, best.sheet, best.at, thisYear);
        var fullest = sheets.OrderByDescending(s => s.Rows.Count).FirstOrDefault();
        if (fullest is null)
            return null;
        var first = fullest.Rows.Take(RowsToLookAt).Select((row, at) => (row, at)).FirstOrDefault(r => r.row.Cells.Count >= 3);
        if (first.row is null)
            return null;
        return Build(sheets, fullest, LooksLikeHeader(first.row) ? first.at : first.at - 1, thisYear);
    }

    private static ListTable? Build(ListSheet[] sheets, ListSheet sheet, int headerAt, int thisYear)
    {
        var header = headerAt >= 0 && sheet.Rows[headerAt].Cells.Count >= 2 ? sheet.Rows[headerAt] : null;
        var rows = sheet.Rows.Skip(headerAt + 1).ToArray();
        if (rows.Length == 0)
            return null;
        var columns = rows.SelectMany(r => r.Cells.Keys).Concat(header?.Cells.Keys ?? []).Distinct().Order();
        var headers = columns.ToDictionary(c => c, c => header?.TextAt(c).ReplaceLineEndings(" ") ?? "");
        var above = sheet.Rows.Take(Math.Max(headerAt, 0)).SelectMany(r => r.Cells.OrderBy(c => c.Key).Select(c => c.Value));
        var asOf = above.Select(c => AsOfIn(c, thisYear)).FirstOrDefault(d => d is not null) ?? AsOfIn(new ListCell(ListCellKind.Text, sheet.Name), thisYear);
        return new ListTable(sheet.Name, [.. sheets.Where(s => s != sheet).Select(s => s.Name)], header?.Number ?? 0, headers, rows, asOf);
    }

    /// <summary>The fields that the cells of a row would name if it were a header.</summary>
    public static HashSet<MemberField> FieldsIn(ListRow row) =>
        [.. row.Cells.Values.Where(c => c.Kind == ListCellKind.Text).Select(c => HeaderWords.Find(c.Text)?.Field).OfType<MemberField>()];

    /// <summary>The date after „Stand“, „as of“, „état au“; null without.</summary>
    public static DateOnly? AsOfIn(ListCell cell, int thisYear) =>
        cell.Kind == ListCellKind.Text && AsOfWords().Match(cell.Text) is { Success: true } match
            ? DateCell.Read(ListCell.Of(match.Groups["date"].Value), thisYear).Value
            : null;

    // A header names things: all words, no number, nothing that looks like an address of any kind.
    private static bool LooksLikeHeader(ListRow row) =>
        row.Cells.Values.All(c => c.Kind == ListCellKind.Text && !c.Text.Contains('@', StringComparison.Ordinal) && !Digits().IsMatch(c.Text));

    [GeneratedRegex(
        @"\b(stand|stichtag|per|as\s+of|as\s+at|état\s+au|etat\s+au|situation\s+au|arrêtée?\s+au)\b\s*:?\s*(vom|zum|am|per)?\s*(?<date>[0-9]{1,2}\.\s?[0-9]{1,2}\.\s?[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2}(\.|er|st|nd|rd|th)?\s+\p{L}+\s+[0-9]{4}|\p{L}{3,}\s+[0-9]{1,2},?\s+[0-9]{4}|\p{L}{3,}\s+[0-9]{4})",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex AsOfWords();

    [GeneratedRegex(@"[0-9]{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
