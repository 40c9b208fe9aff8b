using System.Text;
using MimeKit;
using MimeKit.Encodings;
using MimeKit.IO;
using MimeKit.IO.Filters;

namespace Association.Platform.Mail.Mime;

/// <summary>A mail in the form in which it travels: seven bits throughout, so that every relay takes it.</summary>
internal static class MimeForm
{
    /// <summary>Short lines, in headers too.</summary>
    public static FormatOptions Format { get; } =
        new()
        {
            NewLineFormat = NewLineFormat.Dos,
            MaxLineLength = 72,
            EnsureNewLine = true,
        };

    // An escaped blank at a line's end and an escaped „From “ at its beginning come on top, two letters each.
    private const int LongestQuoted = 72;

    /// <exception cref="ArgumentException">A header would hold a control character, or an address is none.</exception>
    public static MimeMessage Of(MailMessage message)
    {
        var mime = new MimeMessage { Date = message.Date.ToUniversalTime(), MessageId = Single(message.Id) };
        mime.Headers.Replace(Subject(Single(message.Subject)));
        mime.From.Add(Address(message.From));
        mime.To.Add(Address(message.To));
        if (message.ReplyTo is { } replyTo)
            mime.ReplyTo.Add(Address(replyTo));
        mime.Headers.Add(HeaderId.AutoSubmitted, "auto-generated"); // so that no absence note answers
        mime.Body = message.Attachments is { Count: > 0 } files ? Mixed([Text(message.Text), .. files.Select(File)]) : Text(message.Text);
        return mime;
    }

    private static Multipart Mixed(IEnumerable<MimePart> parts)
    {
        var mixed = new Multipart("mixed");
        foreach (var part in parts)
            mixed.Add(part);
        return mixed;
    }

    // The library's encoded words are a letter or two too long (RFC 2047 allows 76 a line), and it leaves alone what only looks like one.
    private static Header Subject(string text)
    {
        var header = new Header(HeaderId.Subject, "");
        if (Ascii.IsValid(text) && !text.Contains("=?", StringComparison.Ordinal))
            header.SetValue(Format, Encoding.UTF8, text);
        else
            header.SetRawValue(
                Encoding.ASCII.GetBytes(
                    string.Concat(
                        text.EnumerateRunes()
                            .Chunk(10)
                            .Select(runes => $" =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(runes)))}?=\r\n")
                    )
                )
            );
        return header;
    }

    private static MailboxAddress Address(Mailbox mailbox) => new(Encoding.UTF8, Single(mailbox.Name), MailAddresses.Ascii(mailbox.Address));

    private static MimePart Text(string text)
    {
        var quoted = new MemoryStream();
        var encoding = new FilteredStream(quoted);
        encoding.Add(new EncoderFilter(new QuotedPrintableEncoder(LongestQuoted)));
        encoding.Add(new ArmoredFromFilter()); // old mailboxes change a line that begins with „From “
        encoding.Write(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n"));
        encoding.Flush();
        return new MimePart("text", "plain")
        {
            ContentType = { Charset = "utf-8" },
            ContentTransferEncoding = ContentEncoding.QuotedPrintable,
            Content = new MimeContent(quoted, ContentEncoding.QuotedPrintable),
        };
    }

    private static MimePart File(MailAttachment attachment) =>
        new(ContentType.Parse(Single(attachment.MediaType)))
        {
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = Single(attachment.Name) },
            Content = new MimeContent(new MemoryStream(attachment.Bytes.ToArray(), writable: false)),
        };

    // A line break in it would begin a header of somebody else's choice.
    private static string Single(string text) =>
        text.Any(char.IsControl) ? throw new ArgumentException("A header has no control characters.", nameof(text)) : text;
}
