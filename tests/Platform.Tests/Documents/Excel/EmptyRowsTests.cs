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
}
