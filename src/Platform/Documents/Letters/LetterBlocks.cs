using Association.Platform.Documents.Qr;

namespace Association.Platform.Documents.Letters;

/// <summary>A part of a letter's body.</summary>
public abstract record LetterBlock;

/// <summary>How loud a paragraph is.</summary>
public enum LetterTone
{
    /// <summary>Body text.</summary>
    Normal,

    /// <summary>Semibold: what the reader has to do.</summary>
    Strong,

    /// <summary>Smaller, in secondary ink: legal notes.</summary>
    Small,
}

/// <summary>Running text; <c>\n</c> starts a new line.</summary>
/// <param name="Text">A salutation, a sentence, a note.</param>
/// <param name="Tone">How loud.</param>
public sealed record LetterParagraph(string Text, LetterTone Tone = LetterTone.Normal) : LetterBlock;

/// <summary>A heading inside the letter, in the serif face; stays with what follows it.</summary>
/// <param name="Text">One line.</param>
public sealed record LetterHeading(string Text) : LetterBlock;

/// <summary>How a column is set.</summary>
public enum LetterAlignment
{
    /// <summary>Text.</summary>
    Left,

    /// <summary>Amounts and numbers: right-aligned, never broken.</summary>
    Right,
}

/// <summary>A column of a table.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Share">Its width in shares of the whole: columns of 3, 1 and 1 take 60, 20 and 20 per cent.</param>
/// <param name="Alignment">Left for text, right for amounts.</param>
public sealed record LetterColumn(string Header, double Share, LetterAlignment Alignment = LetterAlignment.Left);

/// <summary>A row: one text a column, in their order.</summary>
/// <param name="Cells">As many as there are columns.</param>
/// <param name="Notes">Small lines under the first cell: how the amount came about, step by step.</param>
public sealed record LetterRow(IReadOnlyList<string> Cells, IReadOnlyList<string>? Notes = null);

/// <summary>A table with a total under a double rule. Its head is repeated on every page; a row is never split.</summary>
/// <param name="Columns">One to eight; the last one holds the amounts that add up.</param>
/// <param name="Rows">At least one.</param>
/// <param name="Subtotals">Lines between the rows and the total: „bereits gezahlt“ · „−60,00 €“.</param>
/// <param name="Total">The last line, under a double rule: „Zu zahlen“ · „1.234,56 €“; null for a table without sum.</param>
public sealed record LetterTable(IReadOnlyList<LetterColumn> Columns, IReadOnlyList<LetterRow> Rows, IReadOnlyList<LetterFact> Subtotals, LetterFact? Total)
    : LetterBlock;

/// <summary>
/// How the amount is paid: a framed box with the facts at the left and, for a transfer, the EPC QR code at the right. Never split over pages.
/// For a direct debit leave <paramref name="QrCode"/> null: a code would invite to pay twice (EPC069-12; the invoice is then the pre-notification).
/// </summary>
/// <param name="Heading">„Zahlung durch Überweisung“ or „Zahlung durch Lastschrift“.</param>
/// <param name="Text">What to do, or what will happen and when.</param>
/// <param name="Facts">Recipient, IBAN, amount, text to use; or mandate reference, creditor id, collection date.</param>
/// <param name="QrCode">The transfer to draw as a code, or null.</param>
/// <param name="QrCaption">Under the code: „Mit der Banking-App scannen“.</param>
public sealed record LetterPaymentBox(string Heading, string Text, IReadOnlyList<LetterFact> Facts, EpcPayment? QrCode = null, string? QrCaption = null)
    : LetterBlock;

/// <summary>An address to be opened with a phone: a framed box like that of a payment, with the address as QR code. Never split over pages.</summary>
/// <param name="Heading">„Ihr Zugang“.</param>
/// <param name="Text">What to do.</param>
/// <param name="Facts">The same to be typed: address and code.</param>
/// <param name="Link">The whole address in the code; at most 150 characters.</param>
/// <param name="Caption">Under the code: „Mit dem Telefon scannen“.</param>
public sealed record LetterLinkBox(string Heading, string Text, IReadOnlyList<LetterFact> Facts, string Link, string Caption) : LetterBlock;

/// <summary>The end: greeting and who signs. Stays together and with the line before it.</summary>
/// <param name="Greeting">„Mit freundlichen Grüßen“.</param>
/// <param name="Names">Who signs, one or two, each „Name, Amt“; empty for a letter that is valid without signature.</param>
/// <param name="Note">A small last line: „Dieses Schreiben wurde maschinell erstellt und gilt ohne Unterschrift.“</param>
public sealed record LetterClosing(string Greeting, IReadOnlyList<string> Names, string? Note = null) : LetterBlock;
