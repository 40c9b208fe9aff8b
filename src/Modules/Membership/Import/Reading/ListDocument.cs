using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;

namespace Association.Membership.Import.Reading;

/// <summary>What a cell holds; an empty cell is no cell.</summary>
internal enum ListCellKind
{
    Text,
    Number,

    /// <summary>A number that the workbook shows as a date; <see cref="ListCell.Number"/> is Excel's day number.</summary>
    Date,

    /// <summary>A formula that failed, such as <c>#REF!</c>.</summary>
    Error,
}

/// <summary>One filled cell.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Text">What a person sees in it.</param>
/// <param name="Number">The value of numbers and dates.</param>
/// <param name="From1904">A number that stands for a day counts from 1904.</param>
/// <param name="Unseen">What was typed, as far as characters that nobody sees were taken out of it; null when none was.</param>
internal sealed record ListCell(ListCellKind Kind, string Text, decimal? Number = null, bool From1904 = false, string? Unseen = null)
{
    /// <summary>Why a formula has no value.</summary>
    public Reason Fault => Text == SpreadsheetCell.NotComputed ? new Reason("FormulaNotComputed") : new Reason("FormulaError", Text);

    /// <summary>A cell as typed; null when nothing but blanks was typed.</summary>
    public static ListCell? Of(string? text) =>
        text is not null && CellText.Of(text) is var clean && !string.IsNullOrWhiteSpace(clean)
            ? new ListCell(ListCellKind.Text, clean, Unseen: CleanText.LostFrom(text))
            : null;
}

/// <summary>One row with at least one filled cell.</summary>
/// <param name="Number">As the spreadsheet counts, from 1.</param>
/// <param name="Cells">Filled cells by column, from 0.</param>
/// <param name="Hidden">A person does not see it in Excel.</param>
internal sealed record ListRow(int Number, IReadOnlyDictionary<int, ListCell> Cells, bool Hidden = false)
{
    public ListCell? this[int column] => Cells.GetValueOrDefault(column);

    public string TextAt(int column) => this[column]?.Text.Trim() ?? "";
}

/// <summary>One sheet; rows without any filled cell are left out.</summary>
internal sealed record ListSheet(string Name, IReadOnlyList<ListRow> Rows);

/// <summary>A spreadsheet as read, before anybody knows what it means.</summary>
internal sealed record ListDocument(IReadOnlyList<ListSheet> Sheets);

/// <summary>Columns as a spreadsheet names them.</summary>
internal static class ColumnLetters
{
    /// <summary>0 becomes <c>A</c>, 26 becomes <c>AA</c>.</summary>
    public static string Of(int column) => column < 26 ? ((char)('A' + column)).ToString() : Of((column / 26) - 1) + (char)('A' + (column % 26));
}
