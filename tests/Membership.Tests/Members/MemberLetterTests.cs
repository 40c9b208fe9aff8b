using System.Text;
using Association.Membership.Members.Contacts;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Files;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Membership.Members.Templates;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

/// <summary>A letter or mail to one member, and the templates that it begins with.</summary>
public sealed class MemberLetterTests(MembershipOffice membership) : IClassFixture<MembershipOffice>, IAsyncLifetime, IAsyncDisposable
{
    private static readonly SerialText Text = new(
        "Bestätigung {Jahr}",
        "{Anrede}\n\n{Name} ({Mitgliedsnummer}) ist Mitglied.\n\nMit freundlichen Grüßen",
        "de"
    );
    private readonly TestOffice office = membership.Office;
    private readonly TrialServer server = new();

    public Task InitializeAsync() => office.WriteByMailAsync(server.Port);

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task a_letter_by_mail_goes_out_once_with_its_pdf_and_the_chosen_files_and_stands_in_the_members_file()
    {
        var member = await office.MemberAsync(name: "Brief per Mail gGmbH");
        var file = new MemberFileId(await office.As("office").Bus.InvokeAsync<Guid>(new KeepFile(member.Id, "Satzung.pdf", MemberFileTests.Pdf)));

        var id = await WriteAsync(new WriteLetter(member.Id, null, LetterWay.Mail, Text, WithLetter: true, [file]));
        await office.DrainAsync();

        var mail = server.Mails.ShouldHaveSingleItem();
        mail.To.ShouldBe(["post@waldkrankenhaus.example"]);
        mail.Data.ShouldContain("Satzung.pdf");
        mail.Data.ShouldContain($"brief-{member.Number}.pdf");
        var letter = await ReadAsync(id);
        letter.Subject.ShouldBe("Bestätigung 2026");
        letter.Body.ShouldContain($"Brief per Mail gGmbH ({member.Number}) ist Mitglied.");
        letter.Files.ShouldHaveSingleItem().Name.ShouldBe("Satzung.pdf");
        (letter.LastMail!.State, letter.LastMail.Attempt).ShouldBe((LetterMailState.Accepted, 1));
        var archived = await office.As("office").Services.GetRequiredService<FileArchive>().ReadAsync(letter.File, CancellationToken.None);
        Encoding.ASCII.GetString(archived.Bytes.Span[..5]).ShouldBe("%PDF-");
    }

    [Fact]
    public async Task a_form_pressed_twice_writes_and_mails_one_letter()
    {
        var member = await office.MemberAsync(name: "Doppelklick gGmbH");
        var token = Guid.CreateVersion7();
        async Task<bool> PressAsync(IMessageBus bus)
        {
            bus.FormToken = token;
            try
            {
                await bus.InvokeAsync<Guid>(new WriteLetter(member.Id, null, LetterWay.Mail, Text));
                return true;
            }
            catch (AlreadySubmittedException)
            {
                return false;
            }
        }
        var people = new[] { office.As("office"), office.As("office"), office.As("office") };
        (await Task.WhenAll(people.Select(p => PressAsync(p.Bus)))).Count(done => done).ShouldBe(1);
        await office.DrainAsync();
        (await LettersAsync(member)).ShouldHaveSingleItem().Mails.ShouldHaveSingleItem();
        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task what_a_server_refuses_is_said_and_can_be_sent_again_to_somebody_else_by_one_of_two_at_once()
    {
        var member = await office.MemberAsync(name: "Abgelehnt gGmbH");
        var contact = await ContactAsync(member, "Dr. Nora Groß", "n.gross@example.com");
        server.Answer = line => line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) ? "550 5.1.1 No such user" : null;
        var id = await WriteAsync(new WriteLetter(member.Id, null, LetterWay.Mail, Text));
        await office.DrainAsync();
        var refused = (await ReadAsync(id)).LastMail.ShouldNotBeNull();
        (refused.State, refused.Answer).ShouldBe((LetterMailState.Refused, "550 5.1.1 No such user"));

        server.Answer = _ => null;
        var again = new MailLetter(id, Seen: 1, contact);
        var people = new[] { office.As("office"), office.As("office2"), office.As("office") };
        var tries = await Task.WhenAll(
            people.Select(async scope =>
            {
                try
                {
                    await scope.Bus.InvokeAsync(again);
                    return true;
                }
                catch (ProblemsException)
                {
                    return false;
                }
            })
        );
        await office.DrainAsync();

        tries.Count(done => done).ShouldBe(1);
        var letter = await ReadAsync(id);
        letter
            .Mails.Select(m => (m.Attempt, m.Address, m.State))
            .ShouldBe([(2, "n.gross@example.com", LetterMailState.Accepted), (1, "post@waldkrankenhaus.example", LetterMailState.Refused)]);
        server.Mails.ShouldHaveSingleItem().To.ShouldBe(["n.gross@example.com"]);

        await office.InvokeAsync(new NoteLetterReturned(id, 2));
        (await ReadAsync(id)).LastMail!.State.ShouldBe(LetterMailState.Undeliverable);
        await office.ShouldRefuseAsync(new NoteLetterReturned(id, 2), "");
    }

    [Fact]
    public async Task a_letter_of_a_page_that_showed_another_address_goes_to_nobody_until_the_new_one_was_seen()
    {
        var member = await office.MemberAsync(name: "Umgezogen gGmbH");
        var seen = (await DeskAsync(member)).AsShown;
        (await DeskAsync(member)).AsShown.ShouldBe(seen);
        await office.InvokeAsync(
            new EditMember(member.Id, member.Version, member.Number, member.JoinedOn, Some.Details(member.Name) with { Email = "neu@example.org" })
        );

        var letter = new WriteLetter(member.Id, null, LetterWay.Mail, Text, AsShown: seen);
        (await office.ShouldRefuseAsync(letter, "")).ShouldContain("an wen der Brief jetzt geht");
        (await LettersAsync(member)).ShouldBeEmpty();
        var id = await WriteAsync(letter with { AsShown = (await DeskAsync(member)).AsShown });
        await office.DrainAsync();
        server.Mails.ShouldHaveSingleItem().To.ShouldBe(["neu@example.org"]);

        seen = (await DeskAsync(member)).AsShown;
        await ContactAsync(member, "Dr. Nora Groß", "n.gross@example.com");
        await office.ShouldRefuseAsync(new MailLetter(id, Seen: 1, null, AsShown: seen), "");
        await office.InvokeAsync(new MailLetter(id, Seen: 1, null, AsShown: (await DeskAsync(member)).AsShown));
        await office.DrainAsync();
        server.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_letter_to_a_person_names_it_in_window_and_salutation_and_on_paper_no_mail_leaves()
    {
        var member = await office.MemberAsync(name: "Fensterhaus gGmbH");
        var contact = await ContactAsync(member, "Björn Öztürk", null);
        var letter = await ReadAsync(await WriteAsync(new WriteLetter(member.Id, contact, LetterWay.Paper, Text)));
        letter.Facts.Address.InWindow().ShouldBe(["Fensterhaus gGmbH", "Björn Öztürk", "Am Bürgerpark 118a", "66822 Lebach"]);
        letter.Body.ShouldStartWith("Guten Tag Björn Öztürk,");
        letter.Mails.ShouldBeEmpty();
        await office.DrainAsync();
        server.Mails.ShouldBeEmpty();
        (await office.ShouldRefuseAsync(new WriteLetter(member.Id, contact, LetterWay.Mail, Text), "Contact")).ShouldContain("Björn Öztürk");
    }

    [Fact]
    public async Task the_usual_way_is_what_the_member_chose()
    {
        var member = await office.MemberAsync(name: "Papierfreund gGmbH");
        (await DeskAsync(member)).UsualWay.ShouldBe(LetterWay.Mail);
        membership.Books.OnPaper.Add(member.Id);
        (await DeskAsync(member)).UsualWay.ShouldBe(LetterWay.Paper);
        await office.InvokeAsync(new EditMember(member.Id, member.Version, member.Number, member.JoinedOn, Some.Details(member.Name) with { NoPost = true }));
        (await DeskAsync(member)).UsualWay.ShouldBe(LetterWay.Mail, "who wants no post gets none");
        (await office.ShouldRefuseAsync(new WriteLetter(member.Id, null, LetterWay.Paper, Text), "Way")).ShouldContain("keine Post");
    }

    [Theory]
    [InlineData("", "x", "Subject", "fehlt")]
    [InlineData("x", "{Anrde}", "Body", "Gemeint ist vermutlich „Anrede“")]
    [InlineData("x", "aus {Ort}", "Body", "„Ort“ ist bei diesem Mitglied leer")]
    public async Task a_missing_field_is_refused_with_a_sentence(string subject, string body, string field, string said)
    {
        var member = await office.MemberAsync(name: "Ohne Ort", town: "");
        (await office.ShouldRefuseAsync(new WriteLetter(member.Id, null, LetterWay.Mail, new SerialText(subject, body, "de")), field)).ShouldContain(said);
        (await LettersAsync(member)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_member_that_was_written_to_stays_and_a_letter_is_never_rewritten()
    {
        var member = await office.MemberAsync(name: "Bleibt gGmbH");
        var id = await WriteAsync(new WriteLetter(member.Id, null, LetterWay.Paper, Text));
        (await office.ShouldRefuseAsync(new RemoveMember(member.Id, member.Version), "")).ShouldContain("geschrieben");
        await using var connection = await office.Database.OpenConnectionAsync();
        await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            connection.ExecuteAsync("update membership.member_letter set subject = 'x' where id = @id", new { id })
        );
        await Should.ThrowAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync("delete from membership.member_letter where id = @id", new { id }));
    }

    [Fact]
    public async Task a_template_is_kept_in_the_languages_it_is_needed_in_found_changed_and_deleted()
    {
        var id = await KeepAsync(new KeepTemplate(null, 0, " Austritt  bestätigen ", [Text, new SerialText("Confirmation", "{Civilité}\n\nBonjour", "fr")]));
        var template = (await office.As("office").Bus.QueryAsync(new ListTemplates("confirm"))).ShouldHaveSingleItem();
        (template.Id.Value, template.Name).ShouldBe((id, "Austritt bestätigen"));
        (template.For("fr").Subject, template.For("en").Language).ShouldBe(("Confirmation", "de"), "without a text in the language the first one");

        (await office.ShouldRefuseAsync(new KeepTemplate(null, 0, "AUSTRITT BESTÄTIGEN", [Text]), "Name")).ShouldContain("gibt es schon");
        await office.ShouldRefuseAsync(new KeepTemplate(null, 0, "Leer", []), "Subject.de");
        (await office.ShouldRefuseAsync(new KeepTemplate(null, 0, "Falsch", [new SerialText("x", "{Betrag}", "en")]), "Body.en")).ShouldContain("Betrag");

        await KeepAsync(new KeepTemplate(template.Id, template.Version, "Austritt", [Text]));
        await Should.ThrowAsync<ConcurrentEditException>(() => office.InvokeAsync(new KeepTemplate(template.Id, template.Version, "Zweiter", [Text])));
        var changed = (await office.As("office").Bus.QueryAsync(new ListTemplates("austritt", "-changed"))).ShouldHaveSingleItem();
        changed.Texts.ShouldHaveSingleItem().Language.ShouldBe("de");
        await office.InvokeAsync(new DeleteTemplate(changed.Id, changed.Version));
        (await office.As("office").Bus.QueryAsync(new ListTemplates("austritt"))).ShouldBeEmpty();
    }

    private async Task<ContactId> ContactAsync(Member member, string name, string? email)
    {
        await office.InvokeAsync(new AddContact(member.Id, Salutation.None, name, email, null, FunctionKind.Management));
        return office.Db().Contacts.Single(c => c.MemberId == member.Id && c.Name == name).Id;
    }

    private Task<Guid> WriteAsync(WriteLetter command) => office.As("office").Bus.InvokeAsync<Guid>(command);

    private Task<Guid> KeepAsync(KeepTemplate command) => office.As("office").Bus.InvokeAsync<Guid>(command);

    private async Task<MemberLetter> ReadAsync(Guid id) => (await office.As("office").Bus.QueryAsync(new ReadLetter(id))).ShouldNotBeNull();

    private Task<IReadOnlyList<MemberLetter>> LettersAsync(Member member) => office.As("office").Bus.QueryAsync(new ListLetters(member.Id));

    private async Task<LetterDesk> DeskAsync(Member member) => (await office.As("office").Bus.QueryAsync(new ReadLetterDesk(member.Id))).ShouldNotBeNull();
}
