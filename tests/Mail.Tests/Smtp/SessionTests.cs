using System.Net;
using System.Net.Sockets;
using System.Text;
using Association.Mail.Tests.Server;
using Association.Platform.Data.Settings;
using Association.Platform.Mail.Mime;
using Association.Platform.Mail.Smtp;
using Association.Testing;
using MimeKit;
using Shouldly;
using Xunit;

namespace Association.Mail.Tests.Smtp;

/// <summary>Conversations with a server over a real socket: what goes well, and what each failure means for the mail.</summary>
public sealed class SessionTests
{
    private static readonly byte[] Mail = "Subject: Hallo\r\n\r\nGuten Tag\r\n"u8.ToArray();

    [Fact]
    public async Task a_mail_is_handed_over_and_every_step_is_told()
    {
        await using var server = new TrialServer();

        var turns = await SendAsync(Address(server));

        var mail = server.Mails.Single();
        (mail.From, mail.To.Single(), mail.Data).ShouldBe(("office@verein.example", "nina@klinik.example", "Subject: Hallo\r\n\r\nGuten Tag\r\n"));
        turns
            .Select(t => t.Step)
            .ShouldBe([SmtpStep.Connect, SmtpStep.Greeting, SmtpStep.Hello, SmtpStep.Sender, SmtpStep.Recipient, SmtpStep.Content, SmtpStep.Acceptance]);
        turns[^1].Words.ShouldBe("250 2.0.0 Ok: queued as 4XyZ");
        server.Commands[0].ShouldBe("EHLO [127.0.0.1]", "the machine's name is nobody's business");
    }

    [Theory]
    [InlineData("PLAIN LOGIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5 PLAIN")]
    public async Task encryption_is_agreed_on_before_anything_is_said_and_then_somebody_signs_in(string ways)
    {
        await using var server = new TrialServer
        {
            StartTls = TestCertificate.Localhost,
            Account = ("büro", "schlüssel = 1"),
            Ways = ways,
        };

        await SendAsync(Address(server, MailSecurity.StartTls) with { User = "büro", Password = "schlüssel = 1" });

        server.Mails.Count.ShouldBe(1);
        server.Commands.Take(3).Select(c => c.Split(' ')[0]).ShouldBe(["EHLO", "STARTTLS", "EHLO"], "what was offered in plain text counts for nothing");
    }

    [Fact]
    public async Task a_connection_can_be_encrypted_from_its_first_byte()
    {
        await using var server = new TrialServer { Tls = TestCertificate.Localhost, Account = ("a", "b") };

        await SendAsync(Address(server, MailSecurity.Tls) with { User = "a", Password = "b" });

        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_server_without_encryption_gets_neither_password_nor_mail()
    {
        await using var server = new TrialServer { Account = ("a", "b") };

        var failure = await FailAsync(Address(server, MailSecurity.StartTls) with { User = "a", Password = "b" });

        (failure.Step, failure.Fault, failure.Verdict).ShouldBe((SmtpStep.Encrypt, SmtpFault.NoTls, SmtpVerdict.Later));
        server.Commands.Select(c => c.Split(' ')[0]).ShouldBe(["EHLO"]);
    }

    [Fact]
    public async Task whoever_shows_a_certificate_that_is_unknown_strange_or_old_gets_nothing()
    {
        await using var localhost = new TrialServer { Tls = TestCertificate.Localhost };
        await using var stranger = new TrialServer { StartTls = TestCertificate.Stranger };
        await using var old = new TrialServer { Tls = TestCertificate.Old };

        (await FailAsync(Address(localhost, MailSecurity.Tls) with { TrustedCertificates = [] })).Fault.ShouldBe(SmtpFault.Certificate);
        (await FailAsync(Address(stranger, MailSecurity.StartTls))).Fault.ShouldBe(SmtpFault.Certificate);
        (await FailAsync(Address(old, MailSecurity.Tls))).Fault.ShouldBe(SmtpFault.Certificate);
        new[] { localhost, stranger, old }.ShouldAllBe(s => s.Mails.Count == 0);
    }

    [Fact]
    public async Task words_slipped_in_before_the_encryption_are_found_out()
    {
        await using var server = new TrialServer
        {
            StartTls = TestCertificate.Localhost,
            Answer = line => line == "STARTTLS" ? "220 Go ahead\r\n250 2.0.0 slipped in" : null,
        };

        (await FailAsync(Address(server, MailSecurity.StartTls))).ShouldSatisfyAllConditions(
            f => f.Step.ShouldBe(SmtpStep.Encrypt),
            f => f.Fault.ShouldBe(SmtpFault.Nonsense)
        );
    }

    [Fact]
    public async Task a_wrong_password_is_the_settings_fault_not_the_mails()
    {
        await using var server = new TrialServer { Tls = TestCertificate.Localhost, Account = ("a", "b") };

        var failure = await FailAsync(Address(server, MailSecurity.Tls) with { User = "a", Password = "falsch" });

        (failure.Step, failure.Verdict, failure.Reply!.Words).ShouldBe((SmtpStep.SignIn, SmtpVerdict.Later, "535 5.7.8 Error: authentication failed"));
        failure.ToString().ShouldNotContain("falsch");
    }

    [Theory]
    [InlineData("", "554 5.3.2 not today", SmtpStep.Greeting, "Later")]
    [InlineData("", "421 4.3.2 closing", SmtpStep.Greeting, "Later")]
    [InlineData("MAIL", "451 4.3.0 try again", SmtpStep.Sender, "Later")]
    [InlineData("MAIL", "550 5.7.1 not your address", SmtpStep.Sender, "Never")]
    [InlineData("RCPT", "450 4.2.0 greylisted", SmtpStep.Recipient, "Later")]
    [InlineData("RCPT", "550 5.1.1 no such user", SmtpStep.Recipient, "Never")]
    [InlineData("DATA", "452 4.3.1 full", SmtpStep.Content, "Later")]
    [InlineData("DATA", "554 5.7.1 spam", SmtpStep.Content, "Never")]
    [InlineData(".", "451 4.3.0 try again", SmtpStep.Acceptance, "Later")]
    [InlineData(".", "421 4.3.2 closing", SmtpStep.Acceptance, "Later")]
    [InlineData(".", "554 5.6.0 refused", SmtpStep.Acceptance, "Never")]
    [InlineData(".", "354 what?", SmtpStep.Acceptance, "Unknown")]
    [InlineData(".", "garbage", SmtpStep.Acceptance, "Unknown")]
    [InlineData("", TrialServer.Cut, SmtpStep.Greeting, "Later")]
    [InlineData("EHLO", TrialServer.Cut, SmtpStep.Hello, "Later")]
    [InlineData("RCPT", TrialServer.Cut, SmtpStep.Recipient, "Later")]
    [InlineData("DATA", TrialServer.Cut, SmtpStep.Content, "Later")]
    [InlineData(".", TrialServer.Cut, SmtpStep.Acceptance, "Unknown")]
    [InlineData("", TrialServer.Hang, SmtpStep.Greeting, "Later")]
    [InlineData("RCPT", TrialServer.Hang, SmtpStep.Recipient, "Later")]
    [InlineData(".", TrialServer.Hang, SmtpStep.Acceptance, "Unknown")]
    public async Task each_failure_says_whether_the_server_may_have_the_mail(string line, string answer, SmtpStep step, string verdict)
    {
        await using var server = new TrialServer
        {
            Answer = said => said == line || (line.Length > 1 && said.StartsWith(line, StringComparison.Ordinal)) ? answer : null,
        };

        var failure = await FailAsync(Address(server));

        (failure.Step, failure.Verdict.ToString()).ShouldBe((step, verdict));
        server.Mails.Count.ShouldBe(verdict == "Unknown" && answer is TrialServer.Cut or TrialServer.Hang && line == "." ? 1 : 0);
    }

    [Theory]
    [InlineData(TrialServer.Cut, SmtpFault.Cut)]
    [InlineData(TrialServer.Hang, SmtpFault.Timeout)]
    public async Task a_break_in_the_midst_of_a_mail_means_that_the_server_does_not_have_it(string midway, SmtpFault fault)
    {
        await using var server = new TrialServer { Midway = lines => lines == 100 ? midway : null };

        var failure = await FailAsync(Address(server), Large());

        (failure.Step, failure.Fault, failure.Verdict).ShouldBe((SmtpStep.Content, fault, SmtpVerdict.Later));
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_stop_is_heeded_until_the_mail_has_gone_whole_and_then_no_more()
    {
        using var early = new CancellationTokenSource();
        await using var midst = new TrialServer
        {
            Midway = lines =>
            {
                if (lines == 100)
                    early.Cancel();
                return lines >= 100 ? TrialServer.Hang : null;
            },
        };
        await Should.ThrowAsync<OperationCanceledException>(() => SendAsync(Address(midst), Large(), ct: early.Token));
        midst.Mails.ShouldBeEmpty();

        using var late = new CancellationTokenSource();
        await using var end = new TrialServer { Before = line => line == "." ? late.CancelAsync() : Task.CompletedTask };
        (await SendAsync(Address(end), ct: late.Token))[^1].Step.ShouldBe(SmtpStep.Acceptance, "the answer was waited for");
        late.IsCancellationRequested.ShouldBeTrue();
        end.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task what_is_no_mail_server_is_told_apart()
    {
        await using var web = new TrialServer { Answer = _ => "HTTP/1.1 400 Bad Request" };
        await using var endless = new TrialServer { Answer = _ => new string('2', 100_000) };
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();

        (await FailAsync(Address(web))).Fault.ShouldBe(SmtpFault.Nonsense);
        (await FailAsync(Address(endless))).Fault.ShouldBe(SmtpFault.Nonsense);
        (await FailAsync(Address(web, MailSecurity.Tls))).ShouldSatisfyAllConditions(
            f => f.Step.ShouldBe(SmtpStep.Encrypt),
            f => f.Fault.ShouldBe(SmtpFault.TlsFailed)
        );
        (await FailAsync(new SmtpServer("127.0.0.1", port, MailSecurity.Plain))).Fault.ShouldBe(SmtpFault.Unreachable);
        (await FailAsync(new SmtpServer("no-such-server.invalid", 25, MailSecurity.Plain))).Fault.ShouldBe(SmtpFault.NameUnknown);
    }

    [Fact]
    public async Task a_mail_that_is_too_large_is_not_even_begun()
    {
        await using var server = new TrialServer { Size = 10 };

        (await FailAsync(Address(server))).ShouldSatisfyAllConditions(f => f.Fault.ShouldBe(SmtpFault.TooLarge), f => f.Verdict.ShouldBe(SmtpVerdict.Never));
        server.Commands.ShouldNotContain(c => c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task dots_and_line_ends_arrive_as_they_should_and_nothing_behind_them_becomes_a_command()
    {
        await using var server = new TrialServer();
        const string Text = ".\r\n..zwei\nRCPT TO:<boese@example.org>\r.\rQUIT\n.";
        var mail = MimeForm.Of(
            new MailMessage(
                "1@verein.example",
                DateTimeOffset.UnixEpoch,
                new Mailbox("", "office@verein.example"),
                new Mailbox("", "nina@klinik.example"),
                null,
                "x",
                Text
            )
        );

        await SendAsync(Address(server), mail);

        var received = server.Mails.Single();
        Parsed(Encoding.ASCII.GetBytes(received.Data))
            .TextBody!.ReplaceLineEndings("\r\n")
            .ShouldBe(".\r\n..zwei\r\nRCPT TO:<boese@example.org>\r\n.\r\nQUIT\r\n.\r\n");
        received.Data.Split("\r\n").ShouldAllBe(l => !l.Contains('\r') && !l.Contains('\n'));
        received.To.Count.ShouldBe(1);
    }

    [Fact]
    public async Task of_several_recipients_each_has_an_answer_of_its_own()
    {
        await using var server = new TrialServer { Answer = line => line.Contains("weg@", StringComparison.Ordinal) ? "550 5.1.1 gone" : null };
        await using var session = await SmtpSession.OpenAsync(Address(server), [], default);

        var (recipients, _) = await session.SendAsync("office@verein.example", ["weg@klinik.example", "nina@klinik.example"], Parsed(Mail), default);
        await session.SendAsync("office@verein.example", ["nina@klinik.example"], Parsed(Mail), default);

        recipients.Select(r => r.Reply.Code).ShouldBe([550, 250]);
        server.Mails.Count.ShouldBe(2, "one conversation may carry several mails");
    }

    [Fact]
    public async Task no_address_carries_a_second_command()
    {
        await using var server = new TrialServer();

        await Should.ThrowAsync<ArgumentException>(() => SendAsync(Address(server), to: "nina@klinik.example>\r\nRCPT TO:<boese@example.org"));

        server.Commands.ShouldNotContain(c => c.Contains("boese", StringComparison.Ordinal));
    }

    private static SmtpServer Address(TrialServer server, MailSecurity security = MailSecurity.Plain) =>
        new("localhost", server.Port, security)
        {
            TrustedCertificates = TestCertificate.Trust,
            Patience = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
        };

    private static async Task<List<SmtpTurn>> SendAsync(
        SmtpServer server,
        MimeMessage? mail = null,
        string to = "nina@klinik.example",
        CancellationToken ct = default
    )
    {
        var turns = new List<SmtpTurn>();
        await using var session = await SmtpSession.OpenAsync(server, turns, ct);
        await session.SendAsync("office@verein.example", [to], mail ?? Parsed(Mail), ct);
        return turns;
    }

    private static async Task<SmtpFailure> FailAsync(SmtpServer server, MimeMessage? mail = null) =>
        await Should.ThrowAsync<SmtpFailure>(() => SendAsync(server, mail));

    private static MimeMessage Parsed(byte[] mail) => MimeMessage.Load(new MemoryStream(mail));

    private static MimeMessage Large() =>
        MimeForm.Of(
            new MailMessage(
                "1@verein.example",
                DateTimeOffset.UnixEpoch,
                new Mailbox("", "office@verein.example"),
                new Mailbox("", "nina@klinik.example"),
                null,
                "x",
                "x",
                [new MailAttachment("a.pdf", "application/pdf", new byte[6_000_000])]
            )
        );
}
