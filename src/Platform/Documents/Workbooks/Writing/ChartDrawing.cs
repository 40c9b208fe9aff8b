using System.Globalization;
using System.Xml.Linq;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Excel;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>A chart and where it lies on its sheet.</summary>
/// <param name="Chart">What it shows.</param>
/// <param name="Row">The row of its upper edge, from 1.</param>
/// <param name="Rows">How many rows high.</param>
/// <param name="Columns">How many columns wide, from the first.</param>
internal sealed record PlacedChart(ReportChart Chart, int Row, int Rows, int Columns);

/// <summary>
/// Writes charts into the finished file, by ECMA-376 (DrawingML): ClosedXML has none. Every reference carries what it refers to, so that a phone or an archive
/// shows the same as Excel.
/// </summary>
/// <param name="tables">Sheet and header row by the table's name.</param>
/// <param name="color">Of the first part; null: ink.</param>
internal sealed class ChartDrawing(IReadOnlyDictionary<string, (string Sheet, int Header)> tables, AccentColor? color)
{
    private static readonly XNamespace C = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private static readonly XNamespace A = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly XNamespace D = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";

    private const string Ink = "241A20";
    private const string Quiet = "5B5057";
    private const string Line = "E4DCD4";
    private static readonly string[] Others = ["CBC0B9", "857A80"]; // the parts behind the first: neutral, the second one darker
    private const string NameAxis = "1";
    private const string NumberAxis = "2";

    /// <summary>Puts the chart onto a sheet that has none.</summary>
    public void Write(WorksheetPart sheet, PlacedChart placed)
    {
        var drawing = sheet.AddNewPart<DrawingsPart>();
        var chart = drawing.AddNewPart<ChartPart>();
        Feed(chart, ChartSpace(placed.Chart));
        Feed(drawing, Anchor(placed, drawing.GetIdOfPart(chart)));
        var worksheet = sheet.Worksheet;
        var after = worksheet.ChildElements.FirstOrDefault(e => e is LegacyDrawing or LegacyDrawingHeaderFooter or TableParts or WorksheetExtensionList);
        worksheet.InsertBefore(new Drawing { Id = sheet.GetIdOfPart(drawing) }, after);
        worksheet.Save();
    }

    private static void Feed(OpenXmlPart part, XElement root)
    {
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), root).Save(stream, SaveOptions.DisableFormatting);
    }

    private static XElement Anchor(PlacedChart placed, string id) =>
        new(
            D + "wsDr",
            new XAttribute(XNamespace.Xmlns + "xdr", D),
            new XAttribute(XNamespace.Xmlns + "a", A),
            new XElement(
                D + "twoCellAnchor",
                Corner("from", 0, placed.Row - 1),
                Corner("to", placed.Columns, placed.Row - 1 + placed.Rows),
                new XElement(
                    D + "graphicFrame",
                    new XAttribute("macro", ""),
                    new XElement(
                        D + "nvGraphicFramePr",
                        new XElement(D + "cNvPr", new XAttribute("id", 2), new XAttribute("name", "Chart 1"), new XAttribute("descr", placed.Chart.Title)),
                        new XElement(D + "cNvGraphicFramePr")
                    ),
                    new XElement(
                        D + "xfrm",
                        new XElement(A + "off", new XAttribute("x", 0), new XAttribute("y", 0)),
                        new XElement(A + "ext", new XAttribute("cx", 0), new XAttribute("cy", 0))
                    ),
                    new XElement(
                        A + "graphic",
                        new XElement(
                            A + "graphicData",
                            new XAttribute("uri", C.NamespaceName),
                            new XElement(
                                C + "chart",
                                new XAttribute(XNamespace.Xmlns + "c", C),
                                new XAttribute(XNamespace.Xmlns + "r", R),
                                new XAttribute(R + "id", id)
                            )
                        )
                    )
                ),
                new XElement(D + "clientData")
            )
        );

    private static XElement Corner(string name, int column, int row) =>
        new(D + name, new XElement(D + "col", column), new XElement(D + "colOff", 0), new XElement(D + "row", row), new XElement(D + "rowOff", 0));

    private XElement ChartSpace(ReportChart chart) =>
        new(
            C + "chartSpace",
            new XAttribute(XNamespace.Xmlns + "c", C),
            new XAttribute(XNamespace.Xmlns + "a", A),
            Value("roundedCorners", 0),
            new XElement(
                C + "chart",
                new XElement(
                    C + "title",
                    new XElement(C + "tx", new XElement(C + "rich", new XElement(A + "bodyPr"), Paragraph(chart.Title))),
                    Value("overlay", 0)
                ),
                Value("autoTitleDeleted", 0),
                new XElement(C + "plotArea", new XElement(C + "layout"), Bars(chart), Names(), Numbers()),
                new XElement(C + "legend", Value("legendPos", "b"), Value("overlay", 0), Text(900, Ink)),
                Value("plotVisOnly", 1),
                Value("dispBlanksAs", "gap")
            ),
            new XElement(C + "spPr", Fill("FFFFFF"), new XElement(A + "ln", Fill(Line)))
        );

    private XElement Bars(ReportChart chart) =>
        new(
            C + "barChart",
            Value("barDir", "bar"),
            Value("grouping", "stacked"),
            Value("varyColors", 0),
            chart.Parts.Select((part, i) => Series(chart, part, i)),
            Value("gapWidth", 60),
            Value("overlap", 100),
            Value("axId", NameAxis),
            Value("axId", NumberAxis)
        );

    private XElement Series(ReportChart chart, int part, int order)
    {
        var (sheet, header) = tables[chart.Table.Name];
        var rows = Enumerable.Range(0, chart.Count).ToList();
        return new XElement(
            C + "ser",
            Value("idx", order),
            Value("order", order),
            new XElement(
                C + "tx",
                new XElement(C + "strRef", new XElement(C + "f", Reference(sheet, part, header, header)), Cache("strCache", [chart.Table.Columns[part].Header]))
            ),
            new XElement(C + "spPr", Fill(order == 0 ? Hex(color) : Others[Math.Min(order, Others.Length) - 1])),
            Value("invertIfNegative", 0),
            new XElement(
                C + "cat",
                new XElement(
                    C + "strRef",
                    new XElement(C + "f", Rows(chart.Names)),
                    Cache("strCache", rows.Select(row => ReportText.Printable(chart.Table.Rows[chart.First + row][chart.Names].Words ?? "")))
                )
            ),
            new XElement(
                C + "val",
                new XElement(C + "numRef", new XElement(C + "f", Rows(part)), Cache("numCache", rows.Select(row => TextStyles.Of(chart.NumberAt(row, part)))))
            )
        );

        string Rows(int column) => Reference(sheet, column, header + 1 + chart.First, header + chart.First + chart.Count);
    }

    private static string Reference(string sheet, int column, int from, int to)
    {
        var letter = SpreadsheetCell.LetterOf(column + 1);
        var first = string.Create(CultureInfo.InvariantCulture, $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'!${letter}${from}");
        return from == to ? first : string.Create(CultureInfo.InvariantCulture, $"{first}:${letter}${to}");
    }

    private static XElement Cache(string kind, IEnumerable<string> values)
    {
        var points = values.Select((value, i) => new XElement(C + "pt", new XAttribute("idx", i), new XElement(C + "v", value))).ToList();
        return new XElement(C + kind, kind == "numCache" ? new XElement(C + "formatCode", "General") : null, Value("ptCount", points.Count), points);
    }

    // The first row above, as in the table.
    private static XElement Names() =>
        new(
            C + "catAx",
            Value("axId", NameAxis),
            new XElement(C + "scaling", Value("orientation", "maxMin")),
            Value("delete", 0),
            Value("axPos", "l"),
            Value("majorTickMark", "none"),
            Value("minorTickMark", "none"),
            Value("tickLblPos", "low"),
            new XElement(C + "spPr", new XElement(A + "ln", Fill(Quiet))),
            Text(900, Ink),
            Value("crossAx", NumberAxis),
            Value("crosses", "autoZero")
        );

    private static XElement Numbers() =>
        new(
            C + "valAx",
            Value("axId", NumberAxis),
            new XElement(C + "scaling", Value("orientation", "minMax")),
            Value("delete", 0),
            Value("axPos", "b"),
            new XElement(C + "majorGridlines", new XElement(C + "spPr", new XElement(A + "ln", Fill(Line)))),
            new XElement(C + "numFmt", new XAttribute("formatCode", "#,##0 \"€\""), new XAttribute("sourceLinked", 0)),
            Value("majorTickMark", "none"),
            Value("minorTickMark", "none"),
            Value("tickLblPos", "nextTo"),
            new XElement(C + "spPr", new XElement(A + "ln", new XElement(A + "noFill"))),
            Text(900, Quiet),
            Value("crossAx", NameAxis),
            Value("crosses", "max") // the names run downwards, so the numbers' edge is their last
        );

    private static XElement Paragraph(string words) =>
        new(
            A + "p",
            new XElement(A + "pPr", new XElement(A + "defRPr", new XAttribute("sz", 1200), new XAttribute("b", 1))),
            new XElement(A + "r", new XElement(A + "rPr", new XAttribute("sz", 1200), new XAttribute("b", 1), Fill(Ink)), new XElement(A + "t", words))
        );

    private static XElement Text(int size, string hex) =>
        new(
            C + "txPr",
            new XElement(A + "bodyPr"),
            new XElement(A + "p", new XElement(A + "pPr", new XElement(A + "defRPr", new XAttribute("sz", size), Fill(hex))), new XElement(A + "endParaRPr"))
        );

    private static XElement Fill(string hex) => new(A + "solidFill", new XElement(A + "srgbClr", new XAttribute("val", hex)));

    private static XElement Value(string name, object value) => new(C + name, new XAttribute("val", value));

    private static string Hex(AccentColor? color) => color is { } own ? own.ToString().TrimStart('#').ToUpperInvariant() : Ink;
}
