using Association.Membership.Contracts;
using Association.Membership.Import.Applying;
using Association.Membership.Import.Preview;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

public sealed class ApplyTests : IAsyncLifetime
{
    private const string Header =
        "Nr.|Name|Kategorie|Straße|PLZ|Ort|Eintritt|IBAN|Mandatsref.|Mandat vom|E-Mail|Betten|Beitrag 2026|Ansprechpartner|Funktion|Bemerkung";

    private static readonly string[] Two =
    [
        "Mitglieder – Stand 15.10.2026",
        Header,
        "1|Waldklinik Lebach gGmbH|Krankenhaus|Am Wald 3|66822|Lebach|2017|DE39290400900230530419|M-1|01.02.2013|wald@example.com|120|1.500,00 €|Gülay Zimmer / Hans-Jörg Becker (Vertr.)|Buchhaltung|Rechnung an Träger",
        "2|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|01.02.2019|DE20590501010487235609|M-2|01.02.2013|a(at)example.com||120|||bitte KEINE Post!",
    ];

    private readonly ImportOffice _office = new();

    public Task InitializeAsync() => _office.InitializeAsync();

    public Task DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task a_preview_writes_nothing()
    {
        (await _office.PreviewAsync(ImportOffice.Csv(Two))).Count(Outcome.New).ShouldBe(2);
        (await _office.ScalarAsync<long>("select count(*) from membership.member")).ShouldBe(0);
        (await _office.ScalarAsync<long>("select count(*) from platform.archive_file")).ShouldBe(0);
    }

    [Fact]
    public async Task an_import_writes_members_with_all_that_belongs_to_them()
    {
        await _office.ApplyAsync(ImportOffice.Csv(Two));
        (
            await _office.ColumnAsync(
                "select concat_ws('|', number, kind, name, category, street, postal_code, town, country, joined_on, email, no_post, iban, mandate_reference, payment_route, remark) from membership.member order by number"
            )
        ).ShouldBe([
            "1|organisation|Waldklinik Lebach gGmbH|hospital|Am Wald 3|66822|Lebach|DE|2017-01-01|wald@example.com|f|DE39290400900230530419|M-1|direct_debit|Rechnung an Träger",
            "2|organisation|Löwen-Apotheke|practice|Heinestr. 7|66424|Homburg|DE|2019-02-01|t|M-2|transfer|bitte KEINE Post!",
        ]);
        (
            await _office.ColumnAsync("select concat_ws('|', measure, value, as_of, source, accepted_for_year, accepted_by_name) from membership.input_value")
        ).ShouldBe(["beds|120|2026-10-15|list|2027|Anna Dörr"]);
        var source = await _office.ScalarAsync<string>("select source_note from membership.input_value");
        (Said.InGerman(source), Said.InFrench(source)).ShouldBe(("liste.csv, Zeile 3", "liste.csv, ligne 3"));
        (
            await _office.ColumnAsync(
                "select concat_ws('|', c.name, f.kind, f.title) from membership.contact c join membership.contact_function f on f.contact_id = c.id order by 1"
            )
        ).ShouldBe(["Gülay Zimmer|accounting|Buchhaltung", "Gülay Zimmer|contact|", "Hans-Jörg Becker|deputy|"]);
        (await _office.ColumnAsync("select concat_ws('|', year, amount) from membership.prior_dues order by amount")).ShouldBe(["2026|120.00", "2026|1500.00"]);
        (
            await _office.ColumnAsync(
                "select concat_ws('|', m.number, c.kind, c.value, c.source_row) from membership.clarification c join membership.member m on m.id = c.member_id order by 1"
            )
        ).ShouldBe([
            "1|billing_recipient|Rechnung an Träger|3",
            "2|email|a(at)example.com|4",
            "2|iban|DE20590501010487235609|4",
            "2|no_post|bitte KEINE Post!|4",
        ]);
        (await _office.ScalarAsync<string>("select name from platform.archive_file")).ShouldBe("liste.csv");
    }

    [Fact]
    public async Task the_same_file_again_writes_nothing_twice()
    {
        await _office.ApplyAsync(ImportOffice.Csv(Two));
        var before = await _office.SnapshotAsync();
        var again = await _office.ApplyAsync(ImportOffice.Csv(Two));
        (again.Import, again.Plan.Count(Outcome.Unchanged)).ShouldBe((null, 2));
        (await _office.SnapshotAsync()).ShouldBe(before);
        (await _office.ScalarAsync<long>("select count(*) from membership.clarification")).ShouldBe(4);
    }

    [Fact]
    public async Task the_same_file_twice_at_once_adds_nobody_twice()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _office.ApplyAsync(ImportOffice.Csv(Two)))));
        (await _office.ScalarAsync<long>("select count(*) from membership.member")).ShouldBe(2);
        (await _office.ScalarAsync<long>("select count(*) from membership.import")).ShouldBe(1);
    }

    [Fact]
    public async Task a_corrected_list_changes_only_what_it_corrects()
    {
        await _office.ApplyAsync(ImportOffice.Csv(Two));
        var corrected = Two[..3].Append(Two[3].Replace("DE20590501010487235609", "DE73590700700182053503").Replace("(at)", "@")).ToArray();
        var second = await _office.ApplyAsync(ImportOffice.Csv(corrected));
        second.Plan.Rows.Single(r => r.Outcome == Outcome.Changed).Changes.Select(c => c.Field.ToString()).ShouldBe(["Email", "Iban", "PaymentRoute"]);
        (await _office.ScalarAsync<string>("select payment_route from membership.member where number = '2'")).ShouldBe("direct_debit");
    }

    [Fact]
    public async Task an_import_of_new_members_can_be_undone_as_a_whole()
    {
        var applied = await _office.ApplyAsync(ImportOffice.Csv(Two));
        await _office.InvokeAsync(new UndoImport(applied.Import!.Value));
        (await _office.ScalarAsync<long>("select count(*) from membership.member")).ShouldBe(0);
        (await _office.ScalarAsync<long>("select count(*) from membership.clarification")).ShouldBe(0);
        (await Should.ThrowAsync<ProblemsException>(() => _office.InvokeAsync(new UndoImport(applied.Import.Value)))).Message.ShouldContain(
            "schon zurückgenommen"
        );
        (await _office.ApplyAsync(ImportOffice.Csv(Two))).Plan.Count(Outcome.New).ShouldBe(2);
    }

    [Fact]
    public async Task an_import_that_changed_members_puts_them_back_as_they_were()
    {
        await _office.ApplyAsync(ImportOffice.Csv(Two));
        var before = await _office.SnapshotAsync();
        string[] next =
        [
            "Mitglieder – Stand 15.11.2026",
            Header,
            "1|Waldklinik Lebach GmbH|Kommune|Am Wald 4|66822|Lebach|01.03.2017|DE73590700700182053503|M-9|01.02.2014|w@example.com|130|1.600,00 €|Petra Ney|Vorstand|Beitrag ermäßigt",
        ];
        var second = await _office.ApplyAsync(ImportOffice.Csv(next));
        (await _office.ScalarAsync<string>("select next_category || next_category_on from membership.member where number = '1'")).ShouldBe(
            "municipality2027-01-01"
        );
        (
            await _office.ColumnAsync(
                "select concat_ws('|', c.name, f.kind, f.valid_from, f.valid_to) from membership.contact c join membership.contact_function f on f.contact_id = c.id where f.kind = 'contact' order by 1"
            )
        ).ShouldBe(["Gülay Zimmer|contact|2026-11-20", "Petra Ney|contact|2026-11-21"]);
        await _office.InvokeAsync(new UndoImport(second.Import!.Value));
        (await _office.SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task an_import_stays_when_a_member_was_edited_or_billed_since_and_says_which()
    {
        var applied = await _office.ApplyAsync(ImportOffice.Csv(Two));
        await _office.ExecuteAsync("update membership.member set phone = '06841 16-0' where number = '2'");
        (await Should.ThrowAsync<ProblemsException>(() => _office.InvokeAsync(new UndoImport(applied.Import!.Value)))).Message.ShouldContain(
            "2 Löwen-Apotheke"
        );
        await _office.ExecuteAsync("update membership.member set phone = null where number = '2'");
        _office.Billed.Add(new MemberId(await _office.ScalarAsync<Guid>("select id from membership.member where number = '1'")));
        (await Should.ThrowAsync<ProblemsException>(() => _office.InvokeAsync(new UndoImport(applied.Import!.Value)))).Message.ShouldContain(
            "1 Waldklinik Lebach gGmbH"
        );
        (await _office.ScalarAsync<long>("select count(*) from membership.member")).ShouldBe(2);
    }

    [Theory]
    [InlineData(
        "Notiz",
        """
            insert into membership.member_note (id, member_id, note_kind, noted_on, note, written_by, written_at) select gen_random_uuid(), id, 'call', '2026-11-20', 'Rückruf', 'Anna Dörr', now()
            from membership.member
            where number = '2'
            """
    )]
    [InlineData(
        "Datei",
        """
            with f as (insert into platform.archive_file (id, name, media_type, bytes, sha256)
            values (gen_random_uuid(), 'a.pdf', 'application/pdf', 'x', sha256('x')) returning id)
            insert into membership.member_file (id, member_id, archive_file_id, name, size, kept_by, kept_at) select gen_random_uuid(), m.id, f.id, 'a.pdf', 1, 'Anna Dörr', now()
            from membership.member m, f
            where number = '2'
            """
    )]
    [InlineData(
        "Brief",
        """
            with f as (insert into platform.archive_file (id, name, media_type, bytes, sha256)
            values (gen_random_uuid(), 'a.pdf', 'application/pdf', 'x', sha256('x')) returning id)
            insert into membership.member_letter (id, member_id, facts, language, subject, body, archive_file_id, written_at, written_by) select gen_random_uuid(), m.id, '{}', 'de', 'Betreff', 'Text', f.id, now(), 'Anna Dörr'
            from membership.member m, f
            where number = '2'
            """
    )]
    [InlineData(
        "Schlagwort",
        """
            with t as (insert into membership.tag (id, name)
            values (gen_random_uuid(), 'Beirat') returning id)
            insert into membership.member_tag (member_id, tag_id) select m.id, t.id
            from membership.member m, t
            where number = '2'
            """
    )]
    [InlineData(
        "Bestellzeichen",
        "insert into membership.year_references (member_id, year, purchase_order) select id, 2027, '4711' from membership.member where number = '2'"
    )]
    [InlineData("Angaben", "update membership.member set phone = '06841 16-0' where number = '2'")]
    [InlineData(
        "Klärung erledigt",
        """
            update membership.clarification c set state = 'done', resolution = 'angerufen', resolved_by_name = 'Anna Dörr', resolved_at = now()
            from membership.member m
            where m.id = c.member_id and m.number = '2' and c.kind = 'no_post'
            """
    )]
    public async Task an_import_stays_when_something_was_added_to_its_members_since_and_says_to_whom_and_what(string what, string change)
    {
        var import = (await _office.ApplyAsync(ImportOffice.Csv(Two))).Import!.Value;
        (await _office.QueryAsync(new ReadUndoRefusal(import))).Reason.ShouldBeNull();
        await _office.ExecuteAsync(change);
        var before = await _office.SnapshotAsync();

        var sentence = $"Die Einspielung bleibt, denn diese Mitglieder sind seitdem bearbeitet: 2 Löwen-Apotheke ({what}). Berichtigen Sie sie einzeln.";
        (await _office.QueryAsync(new ReadUndoRefusal(import))).Reason.ShouldBe(sentence);
        (await Should.ThrowAsync<ProblemsException>(() => _office.InvokeAsync(new UndoImport(import)))).Message.ShouldBe(sentence);
        (await _office.SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task an_import_stays_when_somebody_decided_about_its_duplicates_since_and_says_in_which_row()
    {
        string[] rows = [.. Two, "3|Loewen Apotheke|Apotheke|Heinestraße 7|66424|Homburg", "4|Hospizverein Warndt|Verein|Hauptstr. 1|66333|Völklingen"];
        await _office.ApplyAsync(ImportOffice.Csv(Two));
        var import = (await _office.ApplyAsync(ImportOffice.Csv([.. rows, "5|Neue Praxis|Arztpraxis|Weg 1|66111|Saarbrücken"]))).Import!.Value;
        await _office.ExecuteAsync(
            """
            update membership.clarification set state = 'done', resolution = 'ist dasselbe', resolved_by_name = 'Anna Dörr', resolved_at = now()
            where kind in ('duplicate', 'category')
            """
        );

        const string sentence =
            "Die Einspielung bleibt, denn über diese Zeilen der Liste ist seitdem entschieden: 5, 6. Berichtigen Sie die Mitglieder einzeln.";
        (await _office.QueryAsync(new ReadUndoRefusal(import))).Reason.ShouldBe(sentence);
        (await Should.ThrowAsync<ProblemsException>(() => _office.InvokeAsync(new UndoImport(import)))).Message.ShouldBe(sentence);
        (await _office.ScalarAsync<long>("select count(*) from membership.clarification where state = 'done'")).ShouldBe(2);
    }

    [Fact]
    public async Task duplicates_and_refused_rows_stay_to_be_clarified()
    {
        await _office.ApplyAsync(
            ImportOffice.Csv([.. Two, "3|Loewen Apotheke|Apotheke|Heinestraße 7|66424|Homburg", "4|Hospizverein Warndt|Verein|Hauptstr. 1|66333|Völklingen"])
        );
        (await _office.ScalarAsync<long>("select count(*) from membership.member")).ShouldBe(2);
        var open = await _office.ColumnAsync(
            "select c.text from membership.clarification c left join membership.member m on m.id = c.member_id where c.kind in ('duplicate', 'category') order by c.source_row"
        );
        open.Select(Said.InGerman)
            .ShouldBe([
                "„Loewen Apotheke“ mit der Nummer 3 ist vermutlich schon Mitglied und wurde nicht eingespielt. Gleicher Name, gleiche Anschrift.",
                "„Hospizverein Warndt“ wurde nicht eingespielt. Diese Kategorie gibt es nicht.",
            ]);
        open.Select(Said.InFrench)
            .ShouldBe([
                "«\u00a0Loewen Apotheke\u00a0», numéro 3, est sans doute déjà membre et n’a pas été importé. Même nom, même adresse.",
                "«\u00a0Hospizverein Warndt\u00a0» n’a pas été importé. Cette catégorie n’existe pas.",
            ]);
    }

    [Fact]
    public async Task a_mapping_is_remembered_for_the_next_list_of_the_shape()
    {
        var odd = ImportOffice.Csv("Nr.|Name|Kategorie|Wert A", "1|Hospizverein|Verein|12");
        (await _office.PreviewAsync(odd)).Count(Outcome.Refused).ShouldBe(1);
        var choices = new Association.Membership.Import.Mapping.MappingChoices(
            new Dictionary<string, string> { ["Wert A"] = "employees" },
            new Dictionary<string, string> { ["Verein"] = "welfare" }
        );
        await _office.ApplyAsync(odd with { Choices = choices });
        var next = await _office.PreviewAsync(ImportOffice.Csv("Nr.|Name|Kategorie|Wert A", "2|Sozialverein|Verein|30"));
        var row = next.Rows.Single();
        (row.Outcome, row.Listed.Category, row.Listed.Measures.Single().Value).ShouldBe((Outcome.New, "welfare", 30));
    }

    [SharedSampleFact]
    public async Task the_sample_is_imported_once_and_undone()
    {
        var sample = new ListUpload("mitgliederliste-2026.xlsx", SharedSampleFactAttribute.Read("mitgliederliste-2026.xlsx"));
        var applied = await _office.ApplyAsync(sample);
        (await _office.ScalarAsync<long>("select count(*) from membership.member")).ShouldBe(186);
        (await _office.ScalarAsync<long>("select count(*) from membership.clarification")).ShouldBe(30 + 25 + 24 + 14 + 6 + 1);
        (await _office.ApplyAsync(sample)).Plan.Count(Outcome.Unchanged).ShouldBe(186);
        await _office.InvokeAsync(new UndoImport(applied.Import!.Value));
        (await _office.ScalarAsync<long>("select count(*) from membership.member")).ShouldBe(0);
    }
}
