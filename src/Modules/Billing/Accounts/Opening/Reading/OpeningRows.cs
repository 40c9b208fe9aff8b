using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening.Reading;

/// <summary>Reads the rows of a list. What cannot be read becomes a finding at its cell, never a guess.</summary>
internal sealed class OpeningRows(SpreadsheetSheet sheet, OpeningColumns header, DateOnly today, IStringLocalizer<OpeningTexts> texts)
{
    private const int LongestOrigin = 100;
    private const int LongestShown = 120;
    private static readonly string[] Totals = ["summe", "gesamt", "total", "sum", "saldo", "zwischensumme", "somme"];

    private readonly List<OpeningFinding> _findings = [];

    private readonly List<OpeningFinding> _notices = [];

    public IReadOnlyList<OpeningFinding> Findings => _findings;

    /// <summary>Cells that are taken over otherwise than they stand in the file.</summary>
    public IReadOnlyList<OpeningFinding> Notices => _notices;

    /// <summary>Rows of members without any amount.</summary>
    public int WithoutAmount { get; private set; }

    /// <summary>The first visible sheet with a header; a problem when there is none.</summary>
    /// <exception cref="ProblemsException">The file has no such columns.</exception>
    public static OpeningRows Open(Spreadsheet file, DateOnly today, IStringLocalizer<OpeningTexts> texts)
    {
        foreach (var sheet in file.Sheets.Where(s => !s.Hidden))
        {
            if (OpeningColumns.Find(sheet) is not { } header)
                continue;
            if (header.Doubled is [var doubled, ..])
                throw Refused(texts["Problem.ColumnTwice", texts["Column." + doubled].Value]);
            foreach (var needed in new[] { OpeningColumn.Name, OpeningColumn.Origin })
                if (header.Of(needed) is null)
                    throw Refused(texts["Problem.ColumnMissing", texts["Column." + needed].Value, sheet.Name, header.Row]);
            if (header.Of(OpeningColumn.Open) is not null && header.Of(OpeningColumn.DueOn) is null)
                throw Refused(texts["Problem.ColumnMissing", texts["Column.DueOn"].Value, sheet.Name, header.Row]);
            return new OpeningRows(sheet, header, today, texts);
        }
        throw Refused(texts["Problem.NoHeader"]);
    }

    public IReadOnlyList<string> NotRead => header.NotRead;

    public IReadOnlyList<OpeningRow> Read()
    {
        var rows = new List<OpeningRow>();
        foreach (var row in sheet.Rows.Where(r => r.Number > header.Row))
            if (!IsTotal(row) && ReadRow(row) is { } read)
                rows.Add(read);
        return rows;
    }

    /// <summary>Notes what only a comparison with the books can find.</summary>
    public void Find(OpeningRow row, OpeningColumn column, string reason) => Add(sheet.Rows.First(r => r.Number == row.Row)[Column(column)], reason);

    private OpeningRow? ReadRow(SpreadsheetRow row)
    {
        var number = Text(row, OpeningColumn.Number);
        var open = Amount(row, OpeningColumn.Open);
        var credit = Amount(row, OpeningColumn.Credit);
        if (open == Money.Zero && credit == Money.Zero)
        {
            if (number.Length > 0)
                WithoutAmount++;
            return null;
        }
        if (number.Length == 0)
            Add(row[Column(OpeningColumn.Number)], texts["Finding.NumberMissing"]);
        var name = Text(row, OpeningColumn.Name);
        if (name.Length == 0)
            Add(row[Column(OpeningColumn.Name)], texts["Finding.NameMissing"]);
        var origin = string.Join(", ", header.Columns[OpeningColumn.Origin].Order().Select(c => row[c].Text.Trim()).Where(t => t.Length > 0));
        if (origin.Length == 0)
            Add(row[Column(OpeningColumn.Origin)], texts["Finding.OriginMissing"]);
        if (origin.Length > LongestOrigin)
            Add(row[Column(OpeningColumn.Origin)], texts["Finding.OriginTooLong", origin.Length, LongestOrigin]);
        NoteUnseen(row);
        return new OpeningRow(row.Number, number, name, null, open, credit, origin, open > Money.Zero ? Due(row) : null);
    }

    private Money Amount(SpreadsheetRow row, OpeningColumn column)
    {
        if (header.Of(column) is not { } at || row[at] is not { IsEmpty: false } cell)
            return Money.Zero;
        var read = cell.Kind == CellKind.Text ? TypedNumber.Read(cell.Text, ThreeDigits.PointGroups) : default;
        var number = cell.Kind == CellKind.Number ? cell.Number : read.Value;
        var wrong = number switch
        {
            null when read.Readings is var (withDecimals, whole) => texts[
                "Finding.TwoMeanings",
                Formats.Number(withDecimals, 2),
                Formats.Number(whole, 2)
            ].Value,
            null => texts["Finding.NoAmount"].Value,
            < 0 => texts[column == OpeningColumn.Open ? "Finding.NegativeOpen" : "Finding.NegativeCredit"].Value,
            var n when decimal.Round(n.Value, 2) != n => texts["Finding.FractionsOfCent"].Value,
            var n when n > Money.Max.Amount => texts["Finding.NoAmount"].Value,
            _ => null,
        };
        if (wrong is null)
            return new Money(number!.Value);
        Add(cell, wrong);
        return Money.Zero;
    }

    private DateOnly? Due(SpreadsheetRow row)
    {
        var cell = row[Column(OpeningColumn.DueOn)];
        DateOnly? day =
            cell.Kind == CellKind.Date ? DateOnly.FromDateTime(cell.Date!.Value)
            : cell.Kind == CellKind.Text && TypedInput.TryDate(cell.Text, out var typed) ? typed
            : null;
        if (cell.IsEmpty)
            Add(cell, texts["Finding.DueMissing"]);
        else if (day is null)
            Add(cell, texts["Finding.NoDay"]);
        else if (day < new DateOnly(2000, 1, 1) || day > today.AddYears(2))
            Add(cell, texts["Finding.DueUnlikely", day]);
        return day;
    }

    private bool IsTotal(SpreadsheetRow row) =>
        Text(row, OpeningColumn.Number) is var number
        && (number.Length == 0 || !number.Any(char.IsDigit))
        && row.Cells.FirstOrDefault(c => !c.IsEmpty) is { Kind: CellKind.Text } first
        && PlainText.Of(first.Text, separate: true).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var word, ..]
        && Totals.Contains(word);

    private string Text(SpreadsheetRow row, OpeningColumn column) => header.Of(column) is { } at ? row[at].Text.Trim() : "";

    private int Column(OpeningColumn column) => header.Of(column) ?? 1;

    private void NoteUnseen(SpreadsheetRow row)
    {
        foreach (var cell in header.Columns.SelectMany(c => c).Order().Select(c => row[c]))
            if (cell.Unseen is { } typed)
                _notices.Add(new OpeningFinding(Place(cell), Start(cell.Text), texts["Notice.Unseen", typed, Start(cell.Text.Trim())]));
    }

    private void Add(SpreadsheetCell cell, string reason) => _findings.Add(new OpeningFinding(Place(cell), Start(cell.Text), reason));

    private static string Place(SpreadsheetCell cell) => cell.ColumnLetter + cell.Row;

    private static string Start(string text) => text.Length <= LongestShown ? text : text[..(LongestShown - 1)] + "…";

    private static ProblemsException Refused(string sentence) => new([new Problem("File", sentence)]);
}
