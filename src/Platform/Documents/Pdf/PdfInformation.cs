using System.Globalization;
using System.Security;
using System.Text;
using Association.Platform.Documents.Pdf.Format;

namespace Association.Platform.Documents.Pdf;

/// <summary>What a document says about itself.</summary>
/// <param name="Title">Shown in the viewer's window.</param>
/// <param name="Author">The association.</param>
/// <param name="Language"><c>de</c>, <c>fr</c>, <c>en</c>: for screen readers.</param>
/// <param name="CreatedAt">Creation and modification time; given from outside so that the same content gives the same bytes.</param>
public sealed record PdfInformation(string Title, string Author, string Language, DateTimeOffset CreatedAt)
{
    private const string Producer = "Association";

    /// <summary>The document information dictionary; says the same as the metadata (ISO 19005-3, 6.6.3).</summary>
    internal void WriteInfo(PdfFile file, int id)
    {
        var date = CreatedAt.UtcDateTime.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);
        file.Begin(id)
            .Raw("<</Title "u8)
            .Text(Title)
            .Raw("/Author "u8)
            .Text(Author)
            .Raw("/Creator "u8)
            .Text(Producer)
            .Raw("/Producer "u8)
            .Text(Producer)
            .Raw("/CreationDate "u8)
            .Raw(date)
            .Raw("/ModDate "u8)
            .Raw(date)
            .Raw(">>"u8);
        file.End();
    }

    /// <summary>The XMP packet that declares PDF/A-3B (ISO 19005-3, 6.6).</summary>
    internal byte[] ToXmp()
    {
        var date = CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Escaped(Title)}</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>{Escaped(Author)}</rdf:li></rdf:Seq></dc:creator>
            <dc:language><rdf:Bag><rdf:li>{Escaped(Language)}</rdf:li></rdf:Bag></dc:language>
            <xmp:CreatorTool>{Producer}</xmp:CreatorTool><pdf:Producer>{Producer}</pdf:Producer>
            <xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """
        );
    }

    private static string Escaped(string text) => SecurityElement.Escape(new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]));
}
