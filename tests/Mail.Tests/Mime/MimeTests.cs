using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Association.Platform.Mail.Mime;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Association.Mail.Tests.Mime;

/// <summary>Mails in their wire form, read again by the rules of the standards and not by the code that wrote them.</summary>
public sealed partial class MimeTests
{
    private static readonly Mailbox From = new("Gesundheitsregion Bliesland e. V.", "post@bliesland.example");
    private static readonly Mailbox To = new("Hannelore Freifrau von Quittenbaum-Wendelsberg", "nina@klinik.example");

    [Fact]
    public void a_mail_has_what_a_mailbox_expects_of_it()
    {
        var lines = Wire(Mail("Ihr Zugang", "Guten Tag\nGrüße")).Split("\r\n");

        lines.TakeWhile(l => l.Length > 0).ShouldBe(
            [
                "From: \"Gesundheitsregion Bliesland e. V.\" <post@bliesland.example>", "To: Hannelore Freifrau von Quittenbaum-Wendelsberg <nina@klinik.example>", "Subject: Ihr Zugang",
                "Date: Fri, 15 Jan 2027 08:30:00 +0000", "Message-ID: <abc@bliesland.example>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            ]);
        lines.SkipWhile(l => l.Length > 0).ShouldBe(["", "Guten Tag", "Gr=C3=BC=C3=9Fe", ""]);
    }

    [Theory]
    [InlineData("Grüße aus Völklingen: der Beitrag für das Jahr 2027 ist fällig, und zwar zum fünfzehnten Februar – wie beschlossen 🎉")]
    [InlineData("ä")]
    [InlineData("=?utf-8?B?aGE=?=")]
    [InlineData("EinSehrLangesWortDasNirgendsGetrenntWerdenKannUndDeshalbNichtInEineZeilePasstWeilEsZuLangIst")]
    public void subjects_in_every_alphabet_are_encoded_folded_and_read_again(string subject)
    {
        var header = Regex.Match(Wire(Mail(subject, "x")), "^Subject:(.*(?:\r\n .*)*)\r\n", RegexOptions.Multiline).Groups[1].Value;

        header.Split("\r\n").ShouldAllBe(l => l.Length <= 76);
        Decoded(header).ShouldBe(subject);
    }

    [Theory]
    [InlineData("Hallo\r\nBcc: boese@example.org")]
    [InlineData("Hallo\nBcc: boese@example.org")]
    [InlineData("Hallo\rBcc: boese@example.org")]
    [InlineData("Grüße\r\nBcc: boese@example.org")]
    [InlineData("Hallo\0")]
    public void no_header_carries_another_one(string hostile)
    {
        Should.Throw<ArgumentException>(() => Wire(Mail(hostile, "x")));
        Should.Throw<ArgumentException>(() => Wire(Mail("x", "x") with { To = new Mailbox(hostile, "a@b.example") }));
        Should.Throw<ArgumentException>(() => Wire(Mail("x", "x") with { ReplyTo = new Mailbox("", "a@b.example" + hostile) }));
        Should.Throw<ArgumentException>(() => Wire(Mail("x", "x") with { Id = "a" + hostile }));
        Should.Throw<ArgumentException>(() => Wire(Mail("x", "x") with { Attachment = new MailAttachment(hostile, "application/pdf", new byte[1]) }));
        Should.Throw<ArgumentException>(() => Wire(Mail("x", "x") with { Attachment = new MailAttachment("a.pdf", hostile, new byte[1]) }));
    }

    [Fact]
    public void a_name_cannot_pretend_to_be_an_address() =>
        Wire(Mail("x", "x") with { To = new Mailbox("Nina\" <boese@example.org>, \"", "nina@klinik.example") })
            .ShouldContain("To: \"Nina\\\" <boese@example.org>, \\\"\" <nina@klinik.example>\r\n");

    [Fact]
    public void a_domain_with_umlauts_travels_in_ascii() =>
        Wire(Mail("x", "x") with { To = new Mailbox("", "info@müller-köln.example") }).ShouldContain("To: info@xn--mller-kln-w7ad.example\r\n".Replace("xn--mller-kln-w7ad", new IdnMapping().GetAscii("müller-köln"), StringComparison.Ordinal));

    [Fact]
    public void a_file_arrives_byte_by_byte_with_its_name()
    {
        var bytes = Enumerable.Range(0, 5000).Select(i => (byte)(i * 7)).ToArray();

        var wire = Wire(Mail("x", "Text") with { Attachment = new MailAttachment("Beitragsrechnung für Öhler.pdf", "application/pdf", bytes) });

        var parts = wire.Split("--=_part");
        parts.Length.ShouldBe(4);
        parts[1].ShouldContain("\r\n\r\nText\r\n");
        parts[2].ShouldContain("filename=\"Beitragsrechnung f_r _hler.pdf\"; filename*=UTF-8''Beitragsrechnung%20f%C3%BCr%20%C3%96hler.pdf");
        Convert.FromBase64String(parts[2].Split("\r\n\r\n")[1].Replace("\r\n", "", StringComparison.Ordinal)).ShouldBe(bytes);
        parts[3].ShouldBe("--\r\n");
    }

    [Fact]
    public void whatever_text_is_written_is_read_again_and_travels_in_seven_bits() => Prop.ForAll<string?>(ReadsAgain).QuickCheckThrowOnFailure();

    private static void ReadsAgain(string? any)
    {
        var text = Regex.Replace(any ?? "", @"\p{Cs}", "").ReplaceLineEndings("\n").TrimEnd('\n') + " Ende. \nFrom hier = dort\t\n.";

        var wire = QuotedPrintable.Of(text);

        wire.ShouldAllBe(c => c < 127);
        wire.Split("\r\n").ShouldAllBe(l => l.Length <= 76 && !l.EndsWith(' ') && !l.EndsWith('\t') && !l.StartsWith("From ", StringComparison.Ordinal));
        Encoding.UTF8.GetString(Bytes(wire)).ShouldBe(text.ReplaceLineEndings("\r\n") + "\r\n");
    }

    private static MailMessage Mail(string subject, string text) => new("abc@bliesland.example", new DateTimeOffset(2027, 1, 15, 9, 30, 0, TimeSpan.FromHours(1)), From, To, null, subject, text);

    private static string Wire(MailMessage mail) => Encoding.ASCII.GetString(MimeWriter.Write(mail));

    // RFC 2047: blanks between encoded words are dropped, those between others stay.
    private static string Decoded(string header) =>
        EncodedWord().Replace(Regex.Replace(header.Replace("\r\n", "", StringComparison.Ordinal).Trim(), @"(\?=)\s+(=\?)", "$1$2"), m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value)));

    private static byte[] Bytes(string quoted)
    {
        var bytes = new List<byte>();
        for (var (i, text) = (0, quoted.Replace("=\r\n", "", StringComparison.Ordinal)); i < text.Length; i++)
        {
            if (text[i] != '=') bytes.Add((byte)text[i]);
            else
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
        }
        return [.. bytes];
    }

    [GeneratedRegex(@"=\?utf-8\?B\?(.*?)\?=")]
    private static partial Regex EncodedWord();
}
