using Association.Platform.Data.Settings;

namespace Association.Platform.Documents.Workbooks;

/// <summary>A sheet of a report: a title, some lines that say what is seen, and tables below each other.</summary>
/// <param name="Name">Its tab; what Excel does not allow in it is replaced.</param>
/// <param name="Title">At its top.</param>
/// <param name="Notes">Below the title: as of when, what counts, what does not.</param>
/// <param name="Tables">At least one.</param>
public sealed record ReportSheet(string Name, string Title, IReadOnlyList<string> Notes, params IReadOnlyList<ReportTable> Tables)
{
    /// <summary>Lines of two words each between the notes and the tables: what, and its value.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Between the facts and the tables; null without. It may show a table of another sheet.</summary>
    public ReportChart? Chart { get; init; }

    /// <summary>A chart of this sheet's numbers that whoever reads only the first sheet should see; null without.</summary>
    public ReportChart? ForOverview { get; init; }

    /// <summary>The table whose header stays in view and is repeated on each printed page; null freezes the title only.</summary>
    public ReportTable? Main { get; init; }
}

/// <summary>A report as a workbook.</summary>
/// <param name="Title">In the file's properties and at the foot of each page.</param>
/// <param name="Author">In the file's properties and at the foot of each page.</param>
/// <param name="CreatedAt">In the file's properties.</param>
/// <param name="Words">Words of the reader's language that the writer puts in.</param>
/// <param name="Sheets">At least one.</param>
public sealed record ReportBook(string Title, string Author, DateTimeOffset CreatedAt, ReportWords Words, IReadOnlyList<ReportSheet> Sheets)
{
    /// <summary>Of titles, headers, tabs and the first part of charts; null: ink.</summary>
    public AccentColor? Color { get; init; }
}

/// <summary>Words and forms of the reader's language.</summary>
/// <param name="Page">„Seite“.</param>
/// <param name="Of">„von“.</param>
/// <param name="Nothing">Stands where a table has no rows.</param>
/// <param name="DateFormat">As Excel writes it: <c>dd.mm.yyyy</c>.</param>
public sealed record ReportWords(string Page, string Of, string Nothing, string DateFormat);
