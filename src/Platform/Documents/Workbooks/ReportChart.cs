namespace Association.Platform.Documents.Workbooks;

/// <summary>A chart of lying bars, made of parts that add up to the whole: one bar for each of some rows of a table. It shows what the table's cells say, also
/// after somebody changed them.</summary>
/// <param name="Title">The finding, in a sentence.</param>
/// <param name="Table">On whichever sheet of the book.</param>
/// <param name="Names">The column that names the bars, from 0.</param>
/// <param name="Parts">The columns whose numbers are the parts, from 0; the most important one first, in the book's colour.</param>
/// <param name="First">The first row, from 0.</param>
/// <param name="Count">How many rows, at least one.</param>
public sealed record ReportChart(string Title, ReportTable Table, int Names, IReadOnlyList<int> Parts, int First, int Count)
{
    /// <summary>A part of a bar.</summary>
    internal decimal NumberAt(int row, int part) => Table.NumberAt(new CellPlace(First + row, part)) ?? 0;
}
