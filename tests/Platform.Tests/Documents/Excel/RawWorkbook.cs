using System.IO.Compression;
using System.Text;

namespace Association.Platform.Tests.Documents.Excel;

/// <summary>A workbook written part by part, so that a test can put anything into it.</summary>
internal sealed class RawWorkbook
{
    private const string Spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, Action<Stream>> parts = new(StringComparer.Ordinal);

    /// <summary>One sheet „Liste“; style 1 is a date, style 2 keeps five digits, style 3 is a time.</summary>
    public RawWorkbook(string sheetData)
        : this(stream => stream.Write(Encoding.UTF8.GetBytes(sheetData))) { }

    public RawWorkbook(Action<Stream> writeSheetData)
    {
        With(
            "[Content_Types].xml",
            """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
            """
        );
        With(
            "_rels/.rels",
            $"""<Relationships xmlns="{Relations}"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
        );
        With(
            "xl/workbook.xml",
            $"""<workbook xmlns="{Spreadsheet}" xmlns:r="{Office}"><sheets><sheet name="Liste" sheetId="1" r:id="r1"/></sheets></workbook>"""
        );
        With(
            "xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{Relations}"><Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="r2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
            """
        );
        With(
            "xl/styles.xml",
            $"""
            <styleSheet xmlns="{Spreadsheet}"><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>
            <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>
            <xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>
            """
        );
        With(
            "xl/worksheets/sheet1.xml",
            stream =>
            {
                stream.Write(Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{Spreadsheet}"><sheetData>"""));
                writeSheetData(stream);
                stream.Write("</sheetData></worksheet>"u8);
            }
        );
    }

    public RawWorkbook With(string part, string xml) => With(part, stream => stream.Write(Encoding.UTF8.GetBytes(xml)));

    public RawWorkbook With(string part, Action<Stream> write)
    {
        parts[part] = write;
        return this;
    }

    public RawWorkbook Without(string part)
    {
        parts.Remove(part);
        return this;
    }

    public byte[] Bytes()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, write) in parts)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                using var buffered = new BufferedStream(part, 1 << 16);
                write(buffered);
            }
        }

        return file.ToArray();
    }
}
