using Association.Platform.Documents.Excel;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Excel;

/// <summary>Measures the memory of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(EmptyRowsTests), DisableParallelization = true), Collection(nameof(EmptyRowsTests))]
public sealed class EmptyRowsTests
{
    [Fact]
    public void a_workbook_formatted_down_to_its_last_row_is_read_with_little_memory()
    {
        var workbook = new RawWorkbook(stream =>
        {
            stream.Write("""<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>"""u8);
            using var text = new StreamWriter(stream, leaveOpen: true);
            for (var row = 2; row <= 1_048_576; row++)
                text.Write($"""<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="2"/></row>""");
        }).Bytes();

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var spreadsheet = SpreadsheetReader.Read(workbook, "leer.xlsx");

        spreadsheet.Sheets[0].Rows.ShouldHaveSingleItem().Number.ShouldBe(1);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(5 * 1024 * 1024);
    }

    [Fact]
    public void ten_million_cells_in_a_file_of_some_megabytes_are_refused_before_they_fill_the_memory()
    {
        var workbook = Filled(20_000, 512);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Should.Throw<SpreadsheetException>(() => SpreadsheetReader.Read(workbook, "viel.xlsx")).Problem.ShouldBe(SpreadsheetProblem.TooManyCells);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(100 * 1024 * 1024);
    }

    [Fact]
    public void the_largest_workbook_that_is_allowed_stays_below_400_megabytes()
    {
        var workbook = Filled(10_000, 50);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var spreadsheet = SpreadsheetReader.Read(workbook, "viel.xlsx");

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(200 * 1024 * 1024);
        spreadsheet.Sheets[0].Rows.Sum(r => r.Cells.Count).ShouldBe(SpreadsheetLimits.Default.Cells);
    }

    private static byte[] Filled(int rows, int columns) =>
        new RawWorkbook(stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true);
            for (var row = 1; row <= rows; row++)
            {
                text.Write("<row>");
                for (var column = 1; column <= columns; column++)
                    text.Write("<c><v>12345</v></c>");
                text.Write("</row>");
            }
        }).Bytes();
}
