using System.Text;
using Association.Membership.Contracts;
using Association.Membership.Members.Letters;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Pdf;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

public sealed class SerialLetterTests(MembershipOffice membership) : IClassFixture<MembershipOffice>, IAsyncLifetime
{
    private static readonly SerialText Good = new(
        "Einladung {Jahr}",
        "{Anrede}\n\n{Name} ({Mitgliedsnummer}) aus {Ort}: Wir laden ein.\n\nMit freundlichen Grüßen",
        "de"
    );
    private readonly TestOffice office = membership.Office;

    public async Task InitializeAsync() =>
        await office
            .As("office")
            .Services.GetRequiredService<IAssociationProfiles>()
            .SaveAsync(
                new AssociationProfile(
                    1,
                    "Gesundheitsregion Bliesland e. V.",
                    "Bliesland",
                    "Am Ludwigsplatz 3",
                    "66117",
                    "Saarbrücken",
                    "post@bliesland.example",
                    "0681 555-0",
                    "www.bliesland.example",
                    "Vereinsregister Saarbrücken VR 4711",
                    "Vorstand: Dr. Nora Groß",
                    "040/140/12345",
                    "Deutsche Kreditbank Berlin",
                    "DE02120300000000202051",
                    "BYLADEM1001",
                    "DE98ZZZ09999999999"
                ),
                CancellationToken.None
            );

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task a_letter_that_no_font_can_print_is_refused_before_it_is_made()
    {
        await InsertAsync("Schriftdorf", ("L21", "Praxis Eins", "66111", "Weg 1", false), ("L22", "中医诊所 王大夫", "66111", "Weg 2", false));
        var bus = office.As("office").Bus;
        var chosen = await bus.QueryAsync(new ReadLetterRecipients(new MemberFilter(Town: "Schriftdorf"), "de"));

        var refused = await Should.ThrowAsync<Platform.Messaging.ProblemsException>(() =>
            bus.InvokeAsync<Guid>(new StartSerialLetter(new MemberFilter(Town: "Schriftdorf"), chosen.Digest, Good with { Subject = "Einladung 😀" }))
        );

        refused.Problems.Select(p => p.Field).ShouldBe(["Subject", ""]);
        refused.Problems[0].Text.ShouldContain("😀");
        refused.Problems[1].Text.ShouldContain("L22");
        refused.Problems[1].Text.ShouldNotContain("L21");
    }

    [Fact]
    public async Task members_who_take_post_get_a_letter_sorted_by_postal_code_and_the_others_are_named()
    {
        await InsertAsync(
            "Briefstadt",
            ("L1", "Spät", "99999", "Weg 1", false),
            ("L2", "Früh", "01067", "Weg 2", false),
            ("L3", "Ohne Post", "02000", "Weg 3", true),
            ("L4", "Ohne Straße", "03000", "", false),
            ("L5", "Ohne Postleitzahl", "", "Weg 5", false)
        );
        var filter = new MemberFilter(Town: "Briefstadt");
        var seen = await RecipientsAsync(filter);
        seen.All.Select(r => (r.Facts.Number, r.Outcome))
            .ShouldBe([
                ("L2", LetterOutcome.Letter),
                ("L1", LetterOutcome.Letter),
                ("L3", LetterOutcome.NoPost),
                ("L5", LetterOutcome.NoAddress),
                ("L4", LetterOutcome.NoAddress),
            ]);

        var id = await StartAsync(filter, Good);
        await office.DrainAsync();

        var view = await ReadAsync(id);
        (view.Letter.Letters, view.Letter.Sheets, view.Work).ShouldBe((2, 2, null));
        view.Without.Select(w => (w.Facts.Name, w.Why))
            .ShouldBe([("Ohne Post", LetterOutcome.NoPost), ("Ohne Postleitzahl", LetterOutcome.NoAddress), ("Ohne Straße", LetterOutcome.NoAddress)]);
        view.Letter.CreatedBy.ShouldNotBeEmpty();
        var file = await office.As("office").Services.GetRequiredService<FileArchive>().ReadAsync(view.Letter.File!.Value, CancellationToken.None);
        Encoding.ASCII.GetString(file.Bytes.Span[..5]).ShouldBe("%PDF-");
        PdfBundle.PagesOf(file.Bytes).ShouldBe(3, "a page each; the second letter begins on a sheet of its own");
    }

    [Fact]
    public async Task a_serial_letter_that_leaves_by_mail_is_written_to_those_without_post_too_and_told_of_once()
    {
        await InsertAsync(
            "Mailstadt",
            ("M1", "Mit Post", "01000", "Weg 1", false),
            ("M2", "Nur E-Mail", "02000", "Weg 2", true),
            ("M3", "Gar nichts", "03000", "Weg 3", true),
            ("M4", "Ohne Straße", "04000", "", false)
        );
        await using var connection = await office.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("update membership.member set email = number || '@example.org' where number in ('M2', 'M4')");
        var filter = new MemberFilter(Town: "Mailstadt");
        var seen = await RecipientsAsync(filter);
        seen.With(LetterOutcome.Letter).Count().ShouldBe(1);
        seen.ByDelivery().With(LetterOutcome.Letter).Select(r => r.Facts.Number).ShouldBe(["M1", "M2"]);

        var id = await office.As("office").Bus.InvokeAsync<Guid>(new StartSerialLetter(filter, seen.Digest, Good, ByDelivery: true));
        await office.DrainAsync();

        var view = await ReadAsync(id);
        (view.Letter.ByDelivery, view.Letter.Letters).ShouldBe((true, 2));
        view.Without.Select(w => (w.Facts.Name, w.Why)).ShouldBe([("Gar nichts", LetterOutcome.NoPost), ("Ohne Straße", LetterOutcome.NoAddress)]);
        var letters = await office.As("office").Services.GetRequiredService<IWrittenLetters>().ReadAsync(id, CancellationToken.None);
        letters.Select(l => l.Address.Lines[0]).ShouldBe(["Mit Post", "Nur E-Mail"]);
        letters.Select(l => l.File).Distinct().Count().ShouldBe(2, "each is a file of its own");
        var printed = await StartAsync(filter, Good);
        await office.DrainAsync();
        (await office.As("office").Services.GetRequiredService<IWrittenLetters>().ReadAsync(printed, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task more_than_one_message_can_write_come_to_one_file_and_no_letter_is_written_twice()
    {
        await InsertAsync("Vielbrief", [.. Enumerable.Range(1, 230).Select(i => ($"VB{i}", $"Viele {i}", $"{10000 + i}", "Weg 1", false))]);
        var id = await StartAsync(new MemberFilter(Town: "Vielbrief"), Good, duplex: false);
        await office.DrainAsync();
        await office.As("office").Bus.PublishAsync(new MakeSerialLetter(id)); // delivered once more
        await office.DrainAsync();
        var view = await ReadAsync(id);
        (view.Letter.Letters, view.Letter.Sheets).ShouldBe((230, 230));
        await using var connection = await office.Database.OpenConnectionAsync();
        (
            await connection.ExecuteScalarAsync<int>(
                "select count(distinct file_id)::int from membership.serial_letter_member where letter_id = @id",
                new { id }
            )
        ).ShouldBe(230);
        (
            await connection.QuerySingleAsync<(int, bool)>(
                "select done, finished_at is not null from platform.long_work where id = @Work",
                new { view.Letter.Work }
            )
        ).ShouldBe((230, true));
    }

    [Fact]
    public async Task a_letter_of_the_night_of_new_years_eve_bears_the_day_of_berlin_whatever_the_zone_of_the_machine()
    {
        var now = office.Clock.GetUtcNow();
        try
        {
            office.Clock.Set(new DateTimeOffset(2026, 12, 31, 23, 30, 0, TimeSpan.Zero)); // half past midnight in Berlin
            await InsertAsync("Silvester", ("SI1", "Nachts", "66111", "Weg 1", false));
            var id = await StartAsync(new MemberFilter(Town: "Silvester"), Good);
            await office.DrainAsync();

            await using var connection = await office.Database.OpenConnectionAsync();
            var file = await connection.ExecuteScalarAsync<Guid>("select file_id from membership.serial_letter_member where letter_id = @id", new { id });
            var letter = await office.As("office").Services.GetRequiredService<FileArchive>().ReadAsync(file, CancellationToken.None);
            Encoding.Latin1.GetString(letter.Bytes.Span).ShouldContain("Einladung 2027");
        }
        finally
        {
            office.Clock.Set(now);
        }
    }

    [Theory]
    [InlineData("", "x", "Subject", "fehlt")]
    [InlineData("x", "", "Body", "fehlt")]
    [InlineData("x", "Hallo\n\n{Anrde}", "Body", "Zeile 3, Zeichen 1: Ein Feld „Anrde“ gibt es nicht. Gemeint ist vermutlich „Anrede“.")]
    [InlineData("x {Betrag", "x", "Subject", "Zeile 1, Zeichen 3")]
    [InlineData("x", "unsichtbar \u0007", "Text.Body", "Steuerzeichen")]
    public async Task what_is_no_letter_is_refused_with_its_place(string subject, string body, string field, string said)
    {
        var member = await office.MemberAsync(name: "Brief prüfen");
        var ticked = MemberFilter.All with { Numbers = [member.Number] };
        var text = await office.ShouldRefuseAsync(
            new StartSerialLetter(ticked, (await RecipientsAsync(ticked)).Digest, new SerialText(subject, body, "de")),
            field
        );
        text.ShouldContain(said);
    }

    [Fact]
    public async Task who_changes_the_selection_meanwhile_is_noticed_and_nobody_with_post_gets_no_letter()
    {
        await InsertAsync("Keinpost", ("K1", "Keine", "11111", "Weg 1", true));
        var filter = new MemberFilter(Town: "Keinpost");
        var seen = await RecipientsAsync(filter);
        (await office.ShouldRefuseAsync(new StartSerialLetter(filter, seen.Digest, Good), "")).ShouldContain("bekommt Post");
        await InsertAsync("Keinpost", ("K2", "Doch", "11111", "Weg 1", false));
        (await office.ShouldRefuseAsync(new StartSerialLetter(filter, seen.Digest, Good), "")).ShouldContain("1");
    }

    [Fact]
    public void what_a_member_is_called_is_never_read_for_fields()
    {
        var facts = new LetterFacts("{Mitgliedsnummer} \n\n {Jahr}", "4711", "Klinik", new([], "66111", "Ort", "DE"));
        Good.Fill(facts, new DateOnly(2026, 11, 21)).Paragraphs[1].ShouldStartWith("{Mitgliedsnummer} \n\n {Jahr} (4711)");
    }

    private async Task InsertAsync(string town, params (string Number, string Name, string Code, string Street, bool NoPost)[] members)
    {
        await using var connection = await office.Database.OpenConnectionAsync();
        foreach (var m in members)
            await connection.ExecuteAsync(
                """
                insert into membership.member (id, number, kind, name, category, joined_on, street, postal_code, town, no_post)
                values (gen_random_uuid(), @Number, 'organisation', @Name, 'practice', '2010-01-01', @Street, @Code, @town, @NoPost)
                """,
                new
                {
                    m.Number,
                    m.Name,
                    m.Street,
                    m.Code,
                    m.NoPost,
                    town,
                }
            );
    }

    private Task<LetterRecipients> RecipientsAsync(MemberFilter filter) => office.As("office").Bus.QueryAsync(new ReadLetterRecipients(filter, "de"));

    private async Task<Guid> StartAsync(MemberFilter filter, SerialText text, bool duplex = true) =>
        await office.As("office").Bus.InvokeAsync<Guid>(new StartSerialLetter(filter, (await RecipientsAsync(filter)).Digest, text, duplex));

    private async Task<SerialLetterView> ReadAsync(Guid id) => (await office.As("office").Bus.QueryAsync(new ReadSerialLetter(id))).ShouldNotBeNull();
}
