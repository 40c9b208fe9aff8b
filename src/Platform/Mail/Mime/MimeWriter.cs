using System.Globalization;
using System.Text;

namespace Association.Platform.Mail.Mime;

/// <summary>A mail in its wire form (RFC 5322, RFC 2045): seven bits throughout, lines ended by CR LF, none longer than 78 characters.</summary>
internal static class MimeWriter
{
    /// <exception cref="ArgumentException">A header would hold a control character, or an address is none.</exception>
    public static byte[] Write(MailMessage message)
    {
        HeaderText.Demand(message.Id);
        var mail = new StringBuilder();
        Line(HeaderText.Line("From", message.From));
        Line(HeaderText.Line("To", message.To));
        if (message.ReplyTo is { } replyTo) Line(HeaderText.Line("Reply-To", replyTo));
        Line(HeaderText.Line("Subject", message.Subject));
        Line($"Date: {message.Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000");
        Line($"Message-ID: <{message.Id}>");
        Line("Auto-Submitted: auto-generated"); // so that no absence note answers
        Line("MIME-Version: 1.0");
        if (message.Attachment is not { } attachment)
        {
            Text();
            return Encoding.ASCII.GetBytes(mail.ToString());
        }

        // The boundary cannot stand in the parts: base64 has no „_“, and quoted-printable has no „=_“.
        const string Boundary = "=_part";
        Line($"Content-Type: multipart/mixed; boundary=\"{Boundary}\"");
        Line("");
        Line($"--{Boundary}");
        Text();
        Line($"--{Boundary}");
        HeaderText.Demand(attachment.MediaType);
        Line($"Content-Type: {attachment.MediaType}");
        Line("Content-Transfer-Encoding: base64");
        Line($"Content-Disposition: attachment;\r\n {HeaderText.FileName(attachment.Name)}");
        Line("");
        Line(Convert.ToBase64String(attachment.Bytes.Span, Base64FormattingOptions.InsertLineBreaks));
        Line($"--{Boundary}--");
        return Encoding.ASCII.GetBytes(mail.ToString());

        void Line(string line) => mail.Append(line).Append("\r\n");

        void Text()
        {
            Line("Content-Type: text/plain; charset=utf-8");
            Line("Content-Transfer-Encoding: quoted-printable");
            Line("");
            mail.Append(QuotedPrintable.Of(message.Text));
        }
    }
}
