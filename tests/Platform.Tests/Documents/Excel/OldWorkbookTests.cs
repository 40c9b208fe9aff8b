using Association.Platform.Documents.Excel;
using Association.Testing.Files;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Excel;

/// <summary>.xls, as Excel 97 to 2003 wrote it.</summary>
public class OldWorkbookTests
{
    private static readonly object?[][] Rows =
    [
        ["Nr.", "Name", "Eintritt", "Beitrag"],
        [1, "Bären-Apotheke", new DateOnly(2019, 3, 1), 120.5],
        [2, "Müller & Söhne", null, "=#REF!"],
        [3, "Waldklinik"],
    ];

    [Fact]
    public void an_xls_workbook_is_read_like_any_other()
    {
        var sheet = Read(new OldWorkbook(Rows)).Sheets.ShouldHaveSingleItem();

        sheet.Name.ShouldBe("Liste");
        sheet.Rows.Select(r => r.Number).ShouldBe([1, 2, 3, 4]);
        sheet
            .Rows[1]
            .Cells.Select(c => (c.Kind, c.Text))
            .ShouldBe([(CellKind.Number, "1"), (CellKind.Text, "Bären-Apotheke"), (CellKind.Date, "01.03.2019"), (CellKind.Number, "120,5")]);
    }

    [Fact]
    public void what_the_library_does_not_tell_of_an_xls_workbook_is_found()
    {
        var sheet = Read(new OldWorkbook(Rows) { Hidden = [3], Merged = (1, 2, 0, 0) }).Sheets[0];

        (sheet.Rows[2][4].Kind, sheet.Rows[2][4].Text).ShouldBe((CellKind.Error, "#REF!"));
        sheet.Rows.Where(r => r.Hidden).Select(r => r.Number).ShouldBe([4]);
        sheet.Merged.ShouldBe([new MergedCells(2, 1, 3, 1)]);
    }

    [Fact]
    public void the_cells_of_an_xls_workbook_are_counted_before_they_are_read() =>
        Should
            .Throw<SpreadsheetException>(() => SpreadsheetReader.Read(new OldWorkbook(Rows).Bytes(), "liste.xls", SpreadsheetLimits.Default with { Cells = 8 }))
            .Problem.ShouldBe(SpreadsheetProblem.TooManyCells);

    private static Spreadsheet Read(OldWorkbook workbook) => SpreadsheetReader.Read(workbook.Bytes(), "liste.xls");
}
