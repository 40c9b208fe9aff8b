using Association.Platform.Documents.Excel;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Excel;

public sealed class SpreadsheetReaderTests
{
    [Fact]
    public void every_kind_of_cell_keeps_its_place_kind_and_what_a_person_sees()
    {
        var sheet = Read(
            """
            <row r="3">
              <c r="A3" t="inlineStr"><is><t>Bären-Apotheke</t></is></c>
              <c r="B3"><v>1812.37</v></c>
              <c r="C3" s="1"><v>39871</v></c>
              <c r="D3" t="b"><v>1</v></c>
              <c r="E3" t="e"><v>#DIV/0!</v></c>
              <c r="F3" s="2"><v>1234</v></c>
              <c r="G3" s="3"><v>45000.347222222222</v></c>
              <c r="H3" t="inlineStr"><is><t>   </t></is></c>
              <c r="AB3" t="str"><f>A1</f><v>aus Formel</v></c>
            </row>
            """
        );

        var row = sheet.Rows.ShouldHaveSingleItem();
        row.Number.ShouldBe(3);
        row.Cells.Select(c => (c.ColumnLetter, c.Kind, c.Text))
            .ShouldBe([
                ("A", CellKind.Text, "Bären-Apotheke"),
                ("B", CellKind.Number, "1812,37"),
                ("C", CellKind.Date, "27.02.2009"),
                ("D", CellKind.Boolean, "WAHR"),
                ("E", CellKind.Error, "#DIV/0!"),
                ("F", CellKind.Number, "01234"),
                ("G", CellKind.Date, "15.03.2023 08:20:00"),
                ("AB", CellKind.Text, "aus Formel"),
            ]);
        row[2].Number.ShouldBe(1812.37m);
        row[3].Date.ShouldBe(new DateTime(2009, 2, 27));
        row[4].Boolean.ShouldBe(true);
        row[7].Date.ShouldBe(new DateTime(2023, 3, 15, 8, 20, 0));
        row[8].IsEmpty.ShouldBeTrue();
        row[8].ColumnLetter.ShouldBe("H");
        sheet.LastColumn.ShouldBe(28);
    }

    [Fact]
    public void a_number_keeps_the_fifteen_digits_that_excel_shows()
    {
        var row = Read("""<row r="1"><c r="A1"><v>0.30000000000000004</v></c><c r="B1"><v>1E+30</v></c><c r="C1"><v>-60</v></c></row>""").Rows[0];

        row[1].Number.ShouldBe(0.3m);
        row[2].Number.ShouldBeNull();
        row[2].Kind.ShouldBe(CellKind.Number);
        row[3].Text.ShouldBe("-60");
    }

    [Fact]
    public void hidden_sheets_are_flagged()
    {
        var workbook = new RawWorkbook("""<row r="1"><c r="A1"><v>1</v></c></row>""").With(
            "xl/workbook.xml",
            """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
            <sheets><sheet name="Sichtbar" sheetId="1" r:id="r1"/><sheet name="Alt" sheetId="2" state="hidden" r:id="r1"/><sheet name="Ganz" sheetId="3" state="veryHidden" r:id="r1"/></sheets></workbook>
            """
        );

        SpreadsheetReader
            .Read(workbook.Bytes(), "liste.xlsx")
            .Sheets.Select(s => (s.Name, s.Hidden))
            .ShouldBe([("Sichtbar", false), ("Alt", true), ("Ganz", true)]);
    }

    [Fact]
    public void rows_keep_the_numbers_excel_shows_across_gaps()
    {
        var sheet = Read("""<row r="2"><c r="A2"><v>1</v></c></row><row r="7000"><c r="A7000"><v>2</v></c></row>""");

        sheet.Rows.Select(r => r.Number).ShouldBe([2, 7000]);
    }

    [Theory]
    [InlineData("&quot;L-&quot;0000", "1526", "L-1526")]
    [InlineData("0000-00", "202601", "2026-01")]
    [InlineData("&quot;MG &quot;000", "7", "MG 007")]
    [InlineData("\\M0000", "42", "M0042")]
    [InlineData("&quot;L-&quot;0000", "1526.5", "1526,5")]
    [InlineData("#,##0\\ &quot;Betten&quot;", "1250", "1250")]
    [InlineData("0.00", "1250", "1250")]
    public void a_code_is_read_as_excel_shows_it_and_keeps_its_number(string format, string value, string shown)
    {
        var cell = SpreadsheetReader
            .Read(
                new RawWorkbook($"""<row r="1"><c r="A1" s="1"><v>{value}</v></c></row>""")
                    .With(
                        "xl/styles.xml",
                        $"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="{format}"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>"""
                    )
                    .Bytes(),
                "l.xlsx"
            )
            .Sheets[0]
            .Rows[0]
            .Cells[0];

        cell.Text.ShouldBe(shown);
        cell.Number.ShouldBe(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void a_workbook_that_counts_days_from_1904_says_so()
    {
        var workbook = """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="Liste" sheetId="1" r:id="r1"/></sheets></workbook>
            """;
        var read = SpreadsheetReader.Read(
            new RawWorkbook("""<row r="1"><c r="A1" s="1"><v>42063</v></c></row>""").With("xl/workbook.xml", workbook).Bytes(),
            "l.xlsx"
        );

        read.From1904.ShouldBeTrue();
        read.Sheets[0].Rows[0].Cells[0].Date.ShouldBe(new DateTime(2019, 3, 1));
    }

    [Fact]
    public void a_row_beyond_the_limit_is_refused_naming_the_sheet()
    {
        var rows = string.Concat(Enumerable.Range(1, 11).Select(n => $"""<row r="{n}"><c r="A{n}"><v>1</v></c></row>"""));

        var refusal = Should.Throw<SpreadsheetException>(() =>
            SpreadsheetReader.Read(new RawWorkbook(rows).Bytes(), "l.xlsx", new SpreadsheetLimits { Rows = 10 })
        );

        refusal.Problem.ShouldBe(SpreadsheetProblem.TooManyRows);
        refusal
            .Sentence(Texts.In("de"))
            .ShouldBe("Das Blatt „Liste“ in „l.xlsx“ hat mehr als 10 Zeilen mit Inhalt. Teilen Sie die Liste auf mehrere Dateien auf.");
    }

    [Fact]
    public void content_beyond_the_last_allowed_column_is_refused_naming_row_and_column()
    {
        var workbook = new RawWorkbook("""<row r="4"><c r="A4"><v>1</v></c><c r="XFD4"><v>1</v></c></row>""");

        var refusal = Should.Throw<SpreadsheetException>(() => SpreadsheetReader.Read(workbook.Bytes(), "l.xlsx"));

        refusal.Problem.ShouldBe(SpreadsheetProblem.TooManyColumns);
        refusal
            .Sentence(Texts.In("en"))
            .ShouldBe("Sheet “Liste” of “l.xlsx” has content beyond column SR in row 4. Delete the columns that do not belong to the list.");
    }

    [Theory]
    [InlineData(1, "A"), InlineData(26, "Z"), InlineData(27, "AA"), InlineData(702, "ZZ"), InlineData(703, "AAA"), InlineData(16384, "XFD")]
    public void columns_are_named_as_excel_names_them(int column, string letters) => SpreadsheetCell.LetterOf(column).ShouldBe(letters);

    private static SpreadsheetSheet Read(string sheetData) =>
        SpreadsheetReader.Read(new RawWorkbook(sheetData).Bytes(), "liste.xlsx").Sheets.ShouldHaveSingleItem();
}
