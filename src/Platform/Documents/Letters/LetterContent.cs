using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters;

/// <summary>Everything a letter says, ready to be set: a DIN 5008 form B letter on A4. The same content gives the same bytes.</summary>
/// <remarks>All texts are final: in the reader's language, amounts and dates already formatted. Letters never compute.</remarks>
/// <param name="Title">The document's title in a viewer's window and in its metadata: „Beitragsrechnung BR-2026-00001“.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>: the language of <em>all</em> texts; chooses „Seite 2 von 3“ and the document's language
/// tag.</param>
/// <param name="CreatedAt">The instant in the metadata. Pass the time of issue, not the time of rendering: then rendering again gives the same bytes.</param>
/// <param name="Sender">Letterhead, the line above the window and the footer.</param>
/// <param name="Address">The window: one to six lines, no empty ones; a line that is too long is set narrower, then wrapped.</param>
/// <param name="Facts">The information block at the right: number, date, member number, due date; up to nine.</param>
/// <param name="Subject">One or two lines in the serif face; names the document: „Beitragsrechnung 2027“.</param>
/// <param name="Body">What follows the subject, top to bottom; flows over as many pages as it needs.</param>
public sealed record LetterContent(
    string Title,
    string Language,
    DateTimeOffset CreatedAt,
    LetterSender Sender,
    IReadOnlyList<string> Address,
    IReadOnlyList<LetterFact> Facts,
    string Subject,
    IReadOnlyList<LetterBlock> Body
)
{
    /// <summary>Files that travel inside the PDF, for instance an e-invoice's XML.</summary>
    public IReadOnlyList<PdfAttachment> Attachments { get; init; } = [];
}

/// <summary>A name and its value: „Fällig am“ · „15.02.2027“.</summary>
/// <param name="Label">Small, in secondary ink.</param>
/// <param name="Value">Never broken if it fits the column.</param>
/// <param name="Strong">Set semibold: the one fact the reader must not miss.</param>
public sealed record LetterFact(string Label, string Value, bool Strong = false);

/// <summary>A column of the footer: „Bankverbindung“ over its lines.</summary>
/// <param name="Heading">Semibold.</param>
/// <param name="Lines">Up to five short lines.</param>
public sealed record LetterFooterColumn(string Heading, IReadOnlyList<string> Lines);
