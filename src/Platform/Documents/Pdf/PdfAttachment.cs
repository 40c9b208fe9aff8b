namespace Association.Platform.Documents.Pdf;

/// <summary>What an attached file is to the page (PDF 2.0 <c>AFRelationship</c>).</summary>
public enum PdfRelationship
{
    /// <summary>The page was made from it.</summary>
    Source,

    /// <summary>The data behind what the page shows.</summary>
    Data,

    /// <summary>The same content in another form: an e-invoice's XML.</summary>
    Alternative,

    /// <summary>Something besides.</summary>
    Supplement,
}

/// <summary>A file that travels inside a PDF (PDF/A-3).</summary>
/// <param name="Name">File name shown by the viewer: „factur-x.xml“.</param>
/// <param name="MediaType">„text/xml“.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Relationship">What it is to the page.</param>
public sealed record PdfAttachment(string Name, string MediaType, ReadOnlyMemory<byte> Bytes, string Description, PdfRelationship Relationship);
