using Association.Platform.Documents.Letters.Setting;
using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters;

/// <summary>Sets a letter as PDF/A-3B: DIN 5008 form B on A4.</summary>
public static class Letter
{
    private const int MostAddressLines = 6;

    /// <summary>Renders a letter. Thread-safe; the same content gives the same bytes.</summary>
    /// <exception cref="ArgumentException">The content cannot be set: no address line or more than six, a row with other cells than the table has columns,
    /// a payment that breaks the rules of EPC069-12.</exception>
    public static byte[] Render(LetterContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Address.Count is 0 or > MostAddressLines || content.Address.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("An address has one to six lines, none of them empty.", nameof(content));

        var document = new PdfDocument(new PdfInformation(content.Title, content.Sender.Name, content.Language, content.CreatedAt));
        foreach (var attachment in content.Attachments)
            document.Attach(attachment);

        var frame = new LetterFrame(content);
        var flow = new LetterFlow(document, frame);
        flow.Place(BodySetter.Set(content));
        frame.NumberPages(document.Pages);
        return document.Save();
    }
}
