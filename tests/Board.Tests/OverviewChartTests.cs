using System.Globalization;
using System.Xml.Linq;
using Association.Board.Reports;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Workbooks;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Shouldly;
using Xunit;
using Workbook = Association.Board.Tests.Reading.Workbook;

namespace Association.Board.Tests;

/// <summary>What the board sees first: headers in the association's colour, and one chart that shows what the table says.</summary>
public sealed class OverviewChartTests(SeededYear year) : IClassFixture<SeededYear>
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private static readonly XNamespace Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";

    [Fact]
    public void the_overview_has_one_chart_of_what_is_paid_and_open_by_category()
    {
        year.Book.Parts.Count(p => p.Xml.Root!.Name == Chart + "chartSpace").ShouldBe(1);
        year.Book.Sheets["Übersicht"].Xml.Descendants(Main + "drawing").ShouldHaveSingleItem();
        var dues = year.Book.Sheets["Beiträge"].Named("Beitraege");
        var rows = dues.Rows.Select((row, i) => (row, i)).Where(r => r.row["Beitragsjahr"] is 2027m).ToList();
        rows.Count.ShouldBeGreaterThan(3);

        var series = Parts();
        series.Select(s => s.Name).ShouldBe(["Bezahlt", "Offen", "Erlassen, ausgebucht"]);
        foreach (var (name, area, categories, values) in series)
        {
            categories.ShouldBe(rows.Select(r => (string)r.row["Kategorie"]!));
            values.ShouldBe(rows.Select(r => (decimal)r.row[name]!), name);
            // Excel draws from the cells themselves: the ones of these rows.
            var letter = (char)('A' + dues.Headers.ToList().IndexOf(name));
            area.ShouldBe($"'Beiträge'!${letter}${dues.HeaderRow + 1 + rows[0].i}:${letter}${dues.HeaderRow + 1 + rows[^1].i}");
        }
        Title().ShouldBe($"Beiträge 2027: {Euro(rows.Sum(r => (decimal)r.row["Bezahlt"]!))} von {Euro(rows.Sum(r => (decimal)r.row["Berechnet"]!))} bezahlt");
    }

    [Fact]
    public void the_chart_covers_no_cell()
    {
        var sheet = year.Book.Sheets["Übersicht"];
        var anchor = year.Book.Parts.Single(p => p.Xml.Root!.Name.LocalName == "wsDr").Xml.Descendants().First(e => e.Name.LocalName == "twoCellAnchor");
        var (from, to) = (Row("from"), Row("to"));
        (to - from).ShouldBeGreaterThan(10);
        sheet
            .Cells.Where(c => c.Text is { Length: > 0 } || c.Number is not null)
            .Select(c => int.Parse(c.Address[1..], CultureInfo.InvariantCulture) - 1)
            .ShouldAllBe(row => row < from || row >= to);

        int Row(string corner) => (int)anchor.Elements().Single(e => e.Name.LocalName == corner).Elements().Single(e => e.Name.LocalName == "row");
    }

    [Fact]
    public async Task the_file_is_valid_and_so_is_that_of_a_year_without_dues_which_has_no_chart()
    {
        var full = await year.Office.AskAsync(new ComposeBoardReport(new DateOnly(2027, 1, 1), new DateOnly(2027, 12, 31)));
        Faults(full.Bytes).ShouldBeEmpty();
        var without = await year.Office.AskAsync(new ComposeBoardReport(new DateOnly(2001, 1, 1), new DateOnly(2001, 12, 31)));
        Faults(without.Bytes).ShouldBeEmpty();
        new Workbook(without.Bytes).Parts.ShouldNotContain(p => p.Xml.Root!.Name == Chart + "chartSpace");
    }

    [Theory]
    [InlineData("#7b1f57", "FFFFFFFF")]
    [InlineData("#f4c430", "FF241A20")]
    [InlineData("#6b6b6b", "FFFFFFFF")]
    [InlineData(null, "FFFFFFFF")]
    public void the_header_has_the_associations_colour_and_text_that_can_be_read_on_it(string? color, string text)
    {
        var table = new ReportColumns<int>().Text("Wer", n => $"{n}").Count("Wie viele", n => n).Table("Zahlen", [1, 2]);
        var book = new ReportBook(
            "Bericht",
            "Verein",
            new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
            new ReportWords("Seite", "von", "Nichts", "dd.mm.yyyy"),
            [new ReportSheet("Blatt", "Titel", [], table) { Chart = new ReportChart("Zwei Zahlen", table, 0, [1], 0, 2) }]
        )
        {
            Color = AccentColor.TryParse(color, out var own) ? own : null,
        };
        var bytes = ReportWorkbook.Write(book);
        Faults(bytes).ShouldBeEmpty();
        var read = new Workbook(bytes);
        var ground = "FF" + (color ?? "#241a20").TrimStart('#').ToUpperInvariant();
        foreach (var header in read.Sheets["Blatt"].Cells.Where(c => c.Text is "Wer" or "Wie viele"))
            ColorsOf(read, header).ShouldBe((ground, text));
        Contrast(ground, text).ShouldBeGreaterThanOrEqualTo(AccentColor.LeastContrast);
        read.Parts.Single(p => p.Xml.Root!.Name == Chart + "chartSpace")
            .Xml.Descendants(Chart + "ser")
            .Single()
            .Descendants(Drawing + "srgbClr")
            .First()
            .Attribute("val")!
            .Value.ShouldBe(ground[2..]);
    }

    private IReadOnlyList<(string Name, string Area, IReadOnlyList<string> Categories, IReadOnlyList<decimal> Values)> Parts() =>
        [
            .. ChartXml()
                .Descendants(Chart + "ser")
                .Select(s =>
                    (
                        s.Element(Chart + "tx")!.Descendants(Chart + "v").Single().Value,
                        s.Element(Chart + "val")!.Descendants(Chart + "f").Single().Value,
                        (IReadOnlyList<string>)[.. s.Element(Chart + "cat")!.Descendants(Chart + "v").Select(v => v.Value)],
                        (IReadOnlyList<decimal>)
                            [.. s.Element(Chart + "val")!.Descendants(Chart + "v").Select(v => decimal.Parse(v.Value, CultureInfo.InvariantCulture))]
                    )
                ),
        ];

    private string Title() => string.Concat(ChartXml().Descendants(Chart + "title").First().Descendants(Drawing + "t").Select(t => t.Value));

    private XDocument ChartXml() => year.Book.Parts.Single(p => p.Xml.Root!.Name == Chart + "chartSpace").Xml;

    private static string Euro(decimal amount) => amount.ToString("#,##0.00", CultureInfo.GetCultureInfo("de-DE")) + "\u00a0€";

    private static IReadOnlyList<string> Faults(ReadOnlyMemory<byte> bytes)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(bytes.ToArray()), isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")];
    }

    private static (string Ground, string Text) ColorsOf(Workbook book, Workbook.Cell cell)
    {
        var styles = book.Part("xl/styles.xml").Root!;
        var format = styles.Element(Main + "cellXfs")!.Elements().ElementAt(cell.Style);
        var fill = styles.Element(Main + "fills")!.Elements().ElementAt((int)format.Attribute("fillId")!);
        var font = styles.Element(Main + "fonts")!.Elements().ElementAt((int)format.Attribute("fontId")!);
        return ((string)fill.Descendants(Main + "fgColor").Single().Attribute("rgb")!, (string)font.Element(Main + "color")!.Attribute("rgb")!);
    }

    private static double Contrast(string one, string two)
    {
        AccentColor.TryParse(one[2..], out var first).ShouldBeTrue();
        AccentColor.TryParse(two[2..], out var second).ShouldBeTrue();
        return first.ContrastTo(second);
    }
}
