using System.Globalization;
using System.Security;
using System.Text;

namespace Association.Platform.Documents.Excel.Writing;

/// <summary>The parts of a workbook around its sheets (ECMA-376 part 1).</summary>
internal static class WorkbookParts
{
    // Indexes into cellXfs of the styles part.
    public const int Text = 0;
    public const int Header = 1;
    public const int Integer = 2;
    public const int Money = 3;
    public const int Date = 4;

    /// <summary>Text that begins like a formula: Excel keeps it text even after somebody edited the cell.</summary>
    public const int QuotedText = 5;

    public const string Head = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    public static string ContentTypes(int sheets) =>
        $"""
            {Head}<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Type}sheet.main+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{Type}styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{Type}sharedStrings+xml"/>
            <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
            {Each(
                sheets,
                n =>
                    $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{Type}worksheet+xml"/><Override PartName="/xl/tables/table{n}.xml" ContentType="{Type}table+xml"/>"""
            )}
            </Types>
            """;

    public static string PackageRelations() =>
        $"""
            {Head}<Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/>
            <Relationship Id="r2" Type="{Package}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
            </Relationships>
            """;

    public static string Core(string title, DateTimeOffset created)
    {
        var instant = created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"""
            {Head}<cp:coreProperties xmlns:cp="{Package}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <dc:title>{Escaped(title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">{instant}</dcterms:created></cp:coreProperties>
            """;
    }

    public static string Workbook(IReadOnlyList<string> sheets) =>
        $"""
            {Head}<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets>{Each(
                sheets.Count,
                n => $"""<sheet name="{Escaped(sheets[n - 1])}" sheetId="{n}" r:id="s{n}"/>"""
            )}
            </sheets></workbook>
            """;

    public static string WorkbookRelations(int sheets) =>
        $"""
            {Head}<Relationships xmlns="{Package}/relationships"><Relationship Id="styles" Type="{Office}/styles" Target="styles.xml"/>
            <Relationship Id="texts" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/>{Each(
                sheets,
                n => $"""<Relationship Id="s{n}" Type="{Office}/worksheet" Target="worksheets/sheet{n}.xml"/>"""
            )}
            </Relationships>
            """;

    public static string SheetRelations(int sheet) =>
        $"""
            {Head}<Relationships xmlns="{Package}/relationships"><Relationship Id="table" Type="{Office}/table" Target="../tables/table{sheet}.xml"/>
            </Relationships>
            """;

    public static string Styles() =>
        $"""
            {Head}<styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00 &quot;€&quot;"/>
            <numFmt numFmtId="165" formatCode="dd.mm.yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/>
            <family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
            <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>
            </fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">
            <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
            <xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
            <xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>
            </cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """;

    public static string SharedTexts(IReadOnlyList<string> texts) =>
        $"""
            {Head}<sst xmlns="{Main}" count="{texts.Count}" uniqueCount="{texts.Count}">{Each(
                texts.Count,
                n => $"""<si><t xml:space="preserve">{Escaped(texts[n - 1])}</t></si>"""
            )}
            </sst>
            """;

    /// <param name="sheet">1-based; table ids and names are unique in a workbook.</param>
    /// <param name="headers">Unique.</param>
    /// <param name="lastRow">A table has at least one row under its header.</param>
    public static string Table(int sheet, IReadOnlyList<string> headers, int lastRow)
    {
        var area = $"A1:{SpreadsheetCell.LetterOf(headers.Count)}{lastRow}";
        return $"""
            {Head}<table xmlns="{Main}" id="{sheet}" name="Liste{sheet}" displayName="Liste{sheet}" ref="{area}" totalsRowShown="0">
            <autoFilter ref="{area}"/><tableColumns count="{headers.Count}">{Each(
                headers.Count,
                n => $"""<tableColumn id="{n}" name="{Escaped(headers[n - 1])}"/>"""
            )}
            </tableColumns><tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/>
            </table>
            """;
    }

    private static string Escaped(string text) => SecurityElement.Escape(text);

    private static string Each(int count, Func<int, string> part)
    {
        var all = new StringBuilder();
        for (var number = 1; number <= count; number++)
            all.Append(part(number));
        return all.ToString();
    }
}
