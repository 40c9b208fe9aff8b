using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Association.Platform.Mail.Mime;
using FsCheck;
using FsCheck.Fluent;
using MimeKit;
using Shouldly;
using Xunit;

namespace Association.Mail.Tests.Mime;

/// <summary>Mails in their wire form, read again as a mailbox reads them.</summary>
public sealed class MimeTests
{
    private static readonly Mailbox From = new("Gesundheitsregion Bliesland e. V.", "post@bliesland.example");
    private static readonly Mailbox To = new("Hannelore Freifrau von Quittenbaum-Wendelsberg", "nina@klinik.example");

    [Fact]
    public void a_mail_has_what_a_mailbox_expects_of_it()
    {
        var wire = Wire(Mail("Ihr Zugang", "Guten Tag\nGrüße"));

        var mail = Read(wire);
        mail.From.Mailboxes.Single().ShouldSatisfyAllConditions(m => m.Name.ShouldBe(From.Name), m => m.Address.ShouldBe(From.Address));
        mail.To.Mailboxes.Single().ShouldSatisfyAllConditions(m => m.Name.ShouldBe(To.Name), m => m.Address.ShouldBe(To.Address));
        (mail.Subject, mail.MessageId, mail.ReplyTo.Count, mail.Cc.Count, mail.Bcc.Count).ShouldBe(("Ihr Zugang", "abc@bliesland.example", 0, 0, 0));
        wire.ShouldContain("\r\nDate: Fri, 15 Jan 2027 08:30:00 +0000\r\n");
        wire.ShouldContain("\r\nAuto-Submitted: auto-generated\r\n");
        wire.ShouldContain("MIME-Version: 1.0\r\n", Case.Insensitive);
        wire.ShouldContain("\r\nContent-Type: text/plain; charset=utf-8\r\n");
        wire.ShouldContain("\r\nContent-Transfer-Encoding: quoted-printable\r\n");
        mail.TextBody!.ReplaceLineEndings("\r\n").ShouldBe("Guten Tag\r\nGrüße\r\n");
        wire.ShouldEndWith("\r\n\r\nGuten Tag\r\nGr=C3=BC=C3=9Fe\r\n", Case.Sensitive, "readable even where nobody decodes it");
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
        Read(Wire(Mail(subject, "x"))).Subject.ShouldBe(subject);
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
        Should.Throw<ArgumentException>(() => Wire(Mail("x", "x") with { Attachments = [new MailAttachment(hostile, "application/pdf", new byte[1])] }));
        Should.Throw<ArgumentException>(() => Wire(Mail("x", "x") with { Attachments = [new MailAttachment("a.pdf", hostile, new byte[1])] }));
    }

    [Fact]
    public void a_name_cannot_pretend_to_be_an_address()
    {
        const string Name = "Nina\" <boese@example.org>, \"";

        Read(Wire(Mail("x", "x") with { To = new Mailbox(Name, "nina@klinik.example") }))
            .To.ShouldHaveSingleItem()
            .ShouldBeOfType<MailboxAddress>()
            .ShouldSatisfyAllConditions(m => m.Name.ShouldBe(Name), m => m.Address.ShouldBe("nina@klinik.example"));
    }

    [Fact]
    public void a_domain_with_umlauts_travels_in_ascii() =>
        Wire(Mail("x", "x") with { To = new Mailbox("", "info@müller-köln.example") })
            .ShouldContain(
                "To: info@xn--mller-kln-w7ad.example\r\n".Replace("xn--mller-kln-w7ad", new IdnMapping().GetAscii("müller-köln"), StringComparison.Ordinal)
            );

    [Fact]
    public void a_file_arrives_byte_by_byte_with_its_name()
    {
        var bytes = Enumerable.Range(0, 5000).Select(i => (byte)(i * 7)).ToArray();

        var mail = Read(Wire(Mail("x", "Text") with { Attachments = [new MailAttachment("Beitragsrechnung für Öhler.pdf", "application/pdf", bytes)] }));

        mail.TextBody!.ReplaceLineEndings("\r\n").ShouldBe("Text\r\n");
        var file = mail.Attachments.ShouldHaveSingleItem().ShouldBeOfType<MimePart>();
        (file.FileName, file.ContentType.MimeType, file.ContentTransferEncoding).ShouldBe(
            ("Beitragsrechnung für Öhler.pdf", "application/pdf", ContentEncoding.Base64)
        );
        using var content = new MemoryStream();
        file.Content!.DecodeTo(content);
        content.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public void whatever_text_is_written_is_read_again_and_travels_in_seven_bits() => Prop.ForAll<string?>(ReadsAgain).QuickCheckThrowOnFailure();

    private static void ReadsAgain(string? any)
    {
        var text = Regex.Replace(any ?? "", @"\p{Cs}", "").ReplaceLineEndings("\n").TrimEnd('\n') + " Ende. \nFrom hier = dort\t\n.";

        var wire = Wire(Mail("x", text));

        wire.ShouldAllBe(c => c < 127);
        wire.Split("\r\n")
            .ShouldAllBe(l => l.Length <= 76 && !l.EndsWith(' ') && !l.EndsWith('\t') && !l.StartsWith("From ", StringComparison.Ordinal) && !l.Contains('\n'));
        Read(wire).TextBody!.ReplaceLineEndings("\r\n").ShouldBe(text.ReplaceLineEndings("\r\n") + "\r\n");
    }

    private static MailMessage Mail(string subject, string text) =>
        new("abc@bliesland.example", new DateTimeOffset(2027, 1, 15, 9, 30, 0, TimeSpan.FromHours(1)), From, To, null, subject, text);

    private static string Wire(MailMessage mail)
    {
        using var wire = new MemoryStream();
        MimeForm.Of(mail).WriteTo(MimeForm.Format, wire);
        return Encoding.ASCII.GetString(wire.ToArray());
    }

    private static MimeMessage Read(string wire) => MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(wire)));
}
