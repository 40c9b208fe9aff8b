using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Preview;

/// <summary>The cells of one row by field, and what was found wrong with them.</summary>
internal sealed class RowCells(ListRow row, IReadOnlyDictionary<MemberField, ListColumn> columns)
{
    private readonly List<CellFinding> _findings = [];

    public IReadOnlyList<CellFinding> Findings => _findings;

    public ListCell? this[MemberField field] => columns.TryGetValue(field, out var column) ? row[column.Index] : null;

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
        columns.TryGetValue(field, out var column) ? Take(column, row[column.Index], read) : default;

    public T? Take<T>(ListColumn column, ListCell? cell, Func<ListCell?, CellReading<T>> read)
    {
        var reading = read(cell);
        if (reading.Problem is { } problem)
            _findings.Add(new CellFinding(column, column.Field, cell!.Text, problem, Severity.ValueDropped, reading.Suggestion));
        if (reading.Notice is { } notice)
            _findings.Add(new CellFinding(column, column.Field, cell!.Text, notice, Severity.Notice));
        return reading.Value;
    }

    /// <summary>The text without blanks around it and doubled inside; null, and reported, when it is longer than the field.</summary>
    public string? Text(string? text, MemberField field, int longest, Severity tooLong = Severity.ValueDropped)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var tidy = field == MemberField.Remark ? text.Trim() : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        tidy = string.Concat(tidy.Where(c => !char.IsControl(c) || c == '\n'));
        if (tidy.Length <= longest)
            return tidy.Length == 0 ? null : tidy;
        Report(field, new Reason("TooLong", longest), tooLong);
        return null;
    }

    public void Report(MemberField field, Reason reason, Severity severity, string? suggestion = null) =>
        _findings.Add(new CellFinding(columns.GetValueOrDefault(field), field, this[field]?.Text.Trim() ?? "", reason, severity, suggestion));

    public bool HasFinding(params ReadOnlySpan<MemberField> fields)
    {
        foreach (var finding in _findings)
            if (finding.Severity != Severity.Notice && fields.Contains(finding.Field))
                return true;
        return false;
    }
}
