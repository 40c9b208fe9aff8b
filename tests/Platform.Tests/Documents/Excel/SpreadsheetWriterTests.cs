using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Excel;

public sealed class SpreadsheetWriterTests
{
    private static readonly DateTimeOffset Created = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

    private static readonly SheetColumns<Line> Columns = new SheetColumns<Line>()
        .Text("Name", l => l.Name)
        .WholeNumber("Betten", l => l.Beds)
        .Money("Beitrag", l => l.Dues)
        .Date("Eintritt", l => l.Joined)
        .YesNo("Mandat", l => l.Mandate);

    [Fact]
    public async Task a_written_workbook_reads_back_with_its_types()
    {
        var sheet = await WriteAndRead(
            new Line("Bären-Apotheke <& Söhne>", 380, new Money(1812.37m), new DateOnly(2023, 6, 24), true),
            new Line(null, null, null, null, null),
            new Line("Zwei", -1, new Money(-60m), null, false)
        );

        sheet.Name.ShouldBe("Mitglieder");
        sheet.Rows[0].Cells.Select(c => c.Text).ShouldBe(["Name", "Betten", "Beitrag", "Eintritt", "Mandat"]);
        sheet
            .Rows[1]
            .Cells.Select(c => (c.Kind, c.Text))
            .ShouldBe([
                (CellKind.Text, "Bären-Apotheke <& Söhne>"),
                (CellKind.Number, "380"),
                (CellKind.Number, "1812,37"),
                (CellKind.Date, "24.06.2023"),
                (CellKind.Boolean, "WAHR"),
            ]);
        sheet.Rows[2].Number.ShouldBe(4, "a row without values stays a row");
        sheet.Rows[2][3].Number.ShouldBe(-60m);
    }

    [Theory]
    [
        InlineData("=HYPERLINK(\"http://example.org\";\"Klick\")"),
        InlineData("+49 681 1"),
        InlineData("-1+2"),
        InlineData("@SUM(A1)"),
        InlineData("\tTab"),
        InlineData("_x000D_"),
        InlineData(" Rand "),
        InlineData("Zeile 1\nZeile 2"),
        InlineData("𝄞 ≥ 5")
    ]
    public async Task text_stays_text(string text)
    {
        var cell = (await WriteAndRead(new Line(text, 1, null, null, null))).Rows[1][1];

        cell.Kind.ShouldBe(CellKind.Text);
        cell.Text.ShouldBe(text);
        (await ReadBackUtf8(text)).ShouldBe(text);
    }

    [Fact]
    public async Task what_xml_cannot_hold_is_left_out()
    {
        var rows = (
            await WriteAndRead(new Line("a\0b\ac", 1, null, null, null), new Line("halb\ud800", 1, null, null, null), new Line("\ufffe", 1, null, null, null))
        ).Rows;

        rows.Skip(1).Select(row => row[1].Text).ShouldBe(["abc", "halb", ""]);
    }

    [Fact]
    public async Task a_text_of_bytes_is_written_like_any_other()
    {
        (await ReadBackUtf8("a\u0007b\uffffc\ufffe")).ShouldBe("abc");
        (await ReadBackUtf8("\uff21 ﬁn")).ShouldBe("\uff21 ﬁn", "most that begins with the byte of what is forbidden is allowed");
        (await ReadBackUtf8(new string('ä', 20_000))).ShouldBe(new string('ä', 20_000), "characters count, not bytes");
        (await ReadBackUtf8(new string('x', 40_000))).Length.ShouldBe(32_767);
        (await ReadBackUtf8("")).ShouldBe("");
    }

    [Fact]
    public async Task a_text_longer_than_a_cell_is_cut_with_an_ellipsis()
    {
        var text = (await WriteAndRead(new Line(new string('x', 40_000), 1, null, null, null))).Rows[1][1].Text;

        text.Length.ShouldBe(32_767);
        text.ShouldEndWith("…");
    }

    [Fact]
    public async Task the_sheet_is_a_table_with_filters_and_a_frozen_bold_header()
    {
        using var zip = new ZipArchive(new MemoryStream(await Write([new Line("a", 1, null, null, null), new Line("b", 2, null, null, null)])));
        var table = Part(zip, "xl/tables/table1.xml").Root!;
        var sheet = Part(zip, "xl/worksheets/sheet1.xml").Root!;

        table.Attribute("ref")!.Value.ShouldBe("A1:E3");
        table.Elements().First().Attribute("ref")!.Value.ShouldBe("A1:E3");
        table
            .Descendants()
            .Where(e => e.Name.LocalName == "tableColumn")
            .Select(e => e.Attribute("name")!.Value)
            .ShouldBe(["Name", "Betten", "Beitrag", "Eintritt", "Mandat"]);
        sheet.Descendants().Single(e => e.Name.LocalName == "pane").Attribute("state")!.Value.ShouldBe("frozen");
        sheet.Descendants().First(e => e.Name.LocalName == "col").Attribute("width")!.Value.ShouldBe("8.5");
        Part(zip, "docProps/core.xml").Root!.Value.ShouldContain("2026-11-21T09:30:00Z");
    }

    [Fact]
    public async Task an_empty_list_still_gives_a_table() => (await WriteAndRead()).Rows.ShouldHaveSingleItem().Cells.Count.ShouldBe(5);

    [Fact]
    public async Task names_of_sheets_and_headers_are_made_such_that_excel_takes_them()
    {
        using var file = new MemoryStream();
        using (var writer = new SpreadsheetWriter(file, "Bericht", Created))
        {
            var columns = new SheetColumns<int>().Text("Jahr", _ => null).Text("jahr", _ => null).Text("", _ => null);
            await writer.AddSheetAsync("Beiträge 2026/2027 [Vorschau] mit Überlänge", columns, AsyncEnumerable.Empty<int>(), default);
            await writer.AddSheetAsync("Beiträge 2026 2027  Vorschau  MIT Überlänge", columns, AsyncEnumerable.Empty<int>(), default);
            await writer.FinishAsync(default);
        }

        var sheets = SpreadsheetReader.Read(file.ToArray(), "b.xlsx").Sheets;
        sheets.Select(s => s.Name).ShouldAllBe(name => name.Length <= 31);
        sheets.Select(s => s.Name.ToUpperInvariant()).Distinct().Count().ShouldBe(2);
        sheets[0].Rows[0].Cells.Select(c => c.Text).ShouldBe(["Jahr", "jahr 2", "Spalte"]);
    }

    [Fact]
    public async Task a_long_list_is_passed_on_in_small_parts_and_never_synchronously()
    {
        await using var output = new AsyncOnlyStream();
        var lines = AsyncEnumerable
            .Range(0, 100_000)
            .Select(n => new Line("Mitglied " + n.ToString(CultureInfo.InvariantCulture), n, new Money(n), new DateOnly(2026, 1, 1), n % 2 == 0));

        await SpreadsheetWriter.WriteAsync(output, "Lang", Created, Columns, lines, default);

        output.Written.ShouldBeGreaterThan(1_000_000);
        output.LargestWrite.ShouldBeLessThan(100_000, "what is held back is all the memory it takes");
    }

    [Fact]
    public async Task the_same_list_gives_the_same_bytes() =>
        (await Write([new Line("a", 1, null, null, null)])).ShouldBe(await Write([new Line("a", 1, null, null, null)]));

    private static async Task<string> ReadBackUtf8(string text)
    {
        using var file = new MemoryStream();
        var bytes = Encoding.UTF8.GetBytes(text);
        (
            await SpreadsheetWriter.WriteAsync(
                file,
                "M",
                Created,
                new SheetColumns<byte[]>().WholeNumber("Nr", _ => 1).Utf8Text("Name", b => b),
                new[] { bytes }.ToAsyncEnumerable(),
                default
            )
        ).ShouldBe(1);
        return SpreadsheetReader.Read(file.ToArray(), "m.xlsx").Sheets[0].Rows[1][2].Text;
    }

    private static XDocument Part(ZipArchive zip, string name)
    {
        using var content = zip.GetEntry(name)!.Open();
        return XDocument.Load(content);
    }

    private static async Task<SpreadsheetSheet> WriteAndRead(params Line[] lines) =>
        SpreadsheetReader.Read(await Write(lines), "m.xlsx").Sheets.ShouldHaveSingleItem();

    private static async Task<byte[]> Write(Line[] lines)
    {
        using var file = new MemoryStream();
        await SpreadsheetWriter.WriteAsync(file, "Mitglieder", Created, Columns, lines.ToAsyncEnumerable(), default);
        return file.ToArray();
    }

    private sealed record Line(string? Name, long? Beds, Money? Dues, DateOnly? Joined, bool? Mandate);
}
