using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Preview;

/// <summary>The cells of one row by field, and what was found wrong with them.</summary>
/// <param name="row">A row of the list.</param>
/// <param name="columns">Which column is which field.</param>
/// <param name="seconds">Columns that say the same as another one, and count where that is empty.</param>
internal sealed class RowCells(ListRow row, IReadOnlyDictionary<MemberField, ListColumn> columns, ILookup<MemberField, ListColumn> seconds)
{
    private const int LongestShown = 120;

    private readonly List<CellFinding> _findings = [];

    public IReadOnlyList<CellFinding> Findings => _findings;

    public ListCell? this[MemberField field] => ColumnOf(field) is { } column ? row[column.Index] : null;

    /// <summary>Tells of every cell that another one of the same field stands before.</summary>
    public void ReportSeconds()
    {
        foreach (var (field, first) in columns)
        foreach (var second in seconds[field])
            if (row[first.Index] is { } used && row[second.Index] is { } other && HeaderWords.Key(used.Text) != HeaderWords.Key(other.Text))
                _findings.Add(
                    new CellFinding(second, field, other.Text.Trim(), new Reason("AnotherCellCounts", first.Name, used.Text.Trim()), Severity.Notice)
                );
    }

    /// <summary>Tells of every cell that is read without characters that nobody sees: what it was, and what it became.</summary>
    public void ReportUnseen(IEnumerable<ListColumn> read)
    {
        foreach (var column in read)
            if (Field(column) != MemberField.None && row[column.Index] is { Unseen: { } typed } cell)
                _findings.Add(new CellFinding(column, Field(column), cell.Text.Trim(), new Reason("Unseen", typed, Start(cell.Text.Trim())), Severity.Notice));
    }

    private static string Start(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    /// <summary>Tells that the cell of a field says something else than the more specific one.</summary>
    public void ReportLessSpecific(MemberField field, string says, string counts) =>
        _findings.Add(new CellFinding(ColumnOf(field), field, this[field]?.Text.Trim() ?? "", new Reason("LessSpecific", says, counts), Severity.Notice));

    private ListColumn? ColumnOf(MemberField field) =>
        !columns.TryGetValue(field, out var first) ? null
        : row[first.Index] is not null ? first
        : seconds[field].FirstOrDefault(s => row[s.Index] is not null) ?? first;

    /// <summary>The text of a cell; null when it says nothing, or is a formula that failed, which is reported once.</summary>
    public string? Words(MemberField field)
    {
        var cell = this[field];
        if (cell?.Kind == ListCellKind.Error)
        {
            if (!HasFinding(field))
                Report(
                    field,
                    cell.Fault,
                    field is MemberField.Name or MemberField.Category or MemberField.Number ? Severity.RowRefused : Severity.ValueDropped
                );
            return null;
        }
        var text = cell?.Text.Trim() ?? "";
        return text.Length == 0 || (field is not (MemberField.Name or MemberField.LastName or MemberField.FirstName) && NoValue.Is(text)) ? null : text;
    }

    public T? Take<T>(MemberField field, Func<ListCell?, CellReading<T>> read) =>
        ColumnOf(field) is { } column ? Take(column, row[column.Index], read) : default;

    public T? Take<T>(ListColumn column, ListCell? cell, Func<ListCell?, CellReading<T>> read)
    {
        var reading = read(cell);
        if (reading.Problem is { } problem)
            _findings.Add(new CellFinding(column, Field(column), cell!.Text, problem, Severity.ValueDropped, reading.Suggestion));
        if (reading.Notice is { } notice)
            _findings.Add(new CellFinding(column, Field(column), cell!.Text, notice, Severity.Notice));
        return reading.Value;
    }

    private static MemberField Field(ListColumn column) => column.Field == MemberField.None ? column.Second : column.Field;

    /// <summary>The text without blanks around it and doubled inside; null, and reported, when it is longer than the field.</summary>
    public string? Text(string? text, MemberField field, int longest, Severity tooLong = Severity.ValueDropped)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var tidy =
            field == MemberField.Remark ? text.Replace('\t', ' ').Trim() : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (tidy.Length <= longest)
            return tidy;
        Report(field, new Reason("TooLong", longest), tooLong);
        return null;
    }

    public void Report(MemberField field, Reason reason, Severity severity, string? suggestion = null) =>
        _findings.Add(new CellFinding(ColumnOf(field), field, this[field]?.Text.Trim() ?? "", reason, severity, suggestion));

    public bool HasFinding(params ReadOnlySpan<MemberField> fields)
    {
        foreach (var finding in _findings)
            if (finding.Severity != Severity.Notice && fields.Contains(finding.Field))
                return true;
        return false;
    }
}
