using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

public class LayoutTests
{
    [Theory]
    [InlineData("Mitgl.-Nr.", "Number")]
    [InlineData("Member No.", "Number")]
    [InlineData("N° adhérent", "Number")]
    [InlineData("Name / Firma", "Name")]
    [InlineData("Raison sociale", "Name")]
    [InlineData("Company name", "Name")]
    [InlineData("Straße / Hausnr.", "Street")]
    [InlineData("PLZ / Ort", "PostalCodeAndTown")]
    [InlineData("Code postal", "PostalCode")]
    [InlineData("Anzahl Betten", "Beds")]
    [InlineData("Betten (Stand 31.12.2025)", "Beds")]
    [InlineData("Nombre de salariés", "Employees")]
    [InlineData("Einwohner*", "Inhabitants")]
    [InlineData("Austritt zum", "LeftOn")]
    [InlineData("Date d’adhésion", "JoinedOn")]
    [InlineData("Member since", "JoinedOn")]
    [InlineData("Mandatsref.", "MandateReference")]
    [InlineData("Mandat vom", "MandateSignedOn")]
    [InlineData("Cotisation 2026 (€)", "PriorDues")]
    [InlineData("Tél.", "Phone")]
    [InlineData("E-Mail-Adresse", "Email")]
    [InlineData("Leitweg-ID", "BuyerReference")]
    public void a_header_is_known_in_three_languages(string header, string field) => HeaderWords.Find(header)!.Value.Field.ToString().ShouldBe(field);

    [Fact]
    public void the_year_of_dues_stands_in_the_header_or_above_the_table()
    {
        HeaderWords.Find("Beitrag 2025").ShouldBe((MemberField.PriorDues, 2025));
        var list = Lists.Typed("Mitglieder, Stand 15.10.2024", "Nr.|Name|Kategorie|Jahresbeitrag", "1|Löwen-Apotheke|Apotheke|120");
        list.Table().AsOf.ShouldBe(new DateOnly(2024, 10, 15));
        list.Mapping().Column(MemberField.PriorDues)!.Year.ShouldBe(2024);
    }

    [Fact]
    public void the_header_is_found_below_titles_and_blank_rows()
    {
        var list = Lists.Typed("Mitgliederliste", "", "intern", "", "", "", "", "", "", "Nr.|Name|Kategorie|Ort", "7|Löwen-Apotheke|Apotheke|Homburg");
        list.Table().HeaderRow.ShouldBe(10);
        list.Plan().Rows.Single().Listed.Name.ShouldBe("Löwen-Apotheke");
    }

    [Fact]
    public void the_sheet_with_the_members_is_found_among_others()
    {
        var notes = new ListSheet("Notizen", Lists.Typed("Beitragsordnung siehe Ordner").Sheets[0].Rows);
        var members = new ListSheet("Mitglieder", Lists.Typed("Name|Kategorie", "Löwen-Apotheke|Apotheke").Sheets[0].Rows);
        var table = new ListDocument([notes, members]).Table();
        table.Sheet.ShouldBe("Mitglieder");
        table.OtherSheets.ShouldBe(["Notizen"]);
    }

    [Fact]
    public void a_list_without_any_header_speaks_for_itself()
    {
        var list = Lists.Typed(
            "M-17|Löwen-Apotheke Homburg|Apotheke|Heinestr. 102|66424 Homburg|01.02.2019|DE39 2904 0090 0230 5304 19|loewe@example.com",
            "M-18|Waldklinik Lebach gGmbH|Krankenhaus|Am Wald 3|66822 Lebach|12.03.2011|DE75590900000012345678|wald@example.com",
            "M-19|Becker, Tobias|Privatperson|Hafenstraße 19|66606 St. Wendel|25.03.2020||tobias@example.org"
        );
        list.Table().HeaderRow.ShouldBe(0);
        var row = list.Plan().Rows[0];
        (row.Listed.Number, row.Listed.Name, row.Listed.Category, row.Listed.Street, row.Listed.PostalCode, row.Listed.Town).ShouldBe(
            ("M-17", "Löwen-Apotheke Homburg", "practice", "Heinestr. 102", "66424", "Homburg")
        );
        (row.Listed.JoinedOn, row.Listed.Iban, row.Listed.Email).ShouldBe((new DateOnly(2019, 2, 1), "DE39290400900230530419", "loewe@example.com"));
    }

    [Fact]
    public void an_unknown_header_over_account_numbers_is_a_column_of_account_numbers()
    {
        var list = Lists.Typed("Name|Kategorie|Giro", "Löwen-Apotheke|Apotheke|DE39 2904 0090 0230 5304 19", "Bären-Apotheke|Apotheke|DE73590700700182053503");
        list.Mapping().Column(MemberField.Iban)!.Source.ShouldBe(MappingSource.Content);
    }

    [Fact]
    public void given_and_family_name_in_two_columns_make_a_name()
    {
        var list = Lists.Typed("Name|Vorname|Kategorie", "Hürter|Katrin|Privatperson", "Löwen-Apotheke||Apotheke");
        list.Plan().Rows.Select(r => r.Listed.Name).ShouldBe(["Hürter, Katrin", "Löwen-Apotheke"]);
        var three = Lists.Typed("Firma|Nachname|Vorname|Art", "Küfer GmbH|Hürter|Katrin|Firma", "|Ney|Petra|privat");
        three.Plan().Rows.Select(r => (r.Listed.Name, r.Listed.Contact?.Name)).ShouldBe([("Küfer GmbH", "Katrin Hürter"), ("Ney, Petra", null)]);
    }

    [Fact]
    public void totals_headings_notes_repeated_headers_and_blank_rows_are_ignored_and_counted()
    {
        var plan = Lists
            .Typed(
                "Nr.|Name|Kategorie|Beitrag 2026",
                "1|Löwen-Apotheke|Apotheke|120",
                "",
                "Nr.|Name|Kategorie|Beitrag 2026",
                "2|Bären-Apotheke|Apotheke|120",
                "|Summe||240",
                "|||240",
                "* vorläufig"
            )
            .Plan();
        plan.Rows.Count.ShouldBe(2);
        plan.Ignored.Select(i => i.Kind).ShouldBe([RowKind.Blank, RowKind.Header, RowKind.Total, RowKind.Total, RowKind.Note]);
        (plan.Rows.Count + plan.IgnoredCount).ShouldBe(7);
    }

    [Fact]
    public void headings_of_blocks_are_the_category_where_there_is_no_column_for_it()
    {
        var plan = Lists.Typed("Nr.|Name|Ort", "Krankenhäuser", "1|Waldklinik|Lebach", "Apotheken", "2|Löwen-Apotheke|Homburg").Plan();
        plan.Rows.Select(r => r.Listed.Category).ShouldBe(["hospital", "practice"]);
    }

    [Theory]
    [InlineData("Krankenhausträger", "hospital")]
    [InlineData("Krankenkasse", "insurer")]
    [InlineData("Wohlfahrts-/Rettungs-/Pflegeverband", "welfare")]
    [InlineData("Arztpraxis / Apotheke", "practice")]
    [InlineData("Forschung & Lehre", "research")]
    [InlineData("Health insurance", "insurer")]
    [InlineData("Local authority", "municipality")]
    [InlineData("Private person", "person")]
    [InlineData("Établissement hospitalier", "hospital")]
    [InlineData("Caisse d'assurance maladie", "insurer")]
    [InlineData("Particulier", "person")]
    [InlineData("Commune", "municipality")]
    [InlineData("Verein", null)]
    public void category_words_are_known_in_three_languages_or_left_to_a_person(string word, string? code) => CategoryWords.Find(word).ShouldBe(code);

    [Fact]
    public void what_a_person_says_about_columns_and_categories_counts_first()
    {
        var list = Lists.Typed("Nr.|Name|Kategorie|Giro|X", "1|Hospizverein|Verein||12", "2|Löwen-Apotheke|Apotheke||8");
        list.Plan().Rows[0].Findings.Single().Reason.Key.ShouldBe("UnknownCategory");
        var chosen = new MappingChoices(new Dictionary<string, string> { ["E"] = "employees" }, new Dictionary<string, string> { ["Verein"] = "welfare" });
        var row = list.Plan(chosen: chosen).Rows[0];
        (row.Outcome, row.Listed.Category, row.Listed.Measures.Single().Value).ShouldBe((Outcome.New, "welfare", 12));
        Should
            .Throw<Association.Membership.Import.ImportRefusedException>(() =>
                list.Plan(chosen: chosen with { Columns = new Dictionary<string, string> { ["Gibt es nicht"] = "name" } })
            )
            .Reason.Key.ShouldBe("MappingNoColumn");
    }

    [Fact]
    public void a_list_of_the_same_shape_next_year_has_the_same_fingerprint()
    {
        var one = Lists.Typed("Nr.|Name|Beitrag 2026", "1|A|2").Table();
        Lists.Typed("Titel", "Nr.|Name|Beitrag 2027", "1|B|2").Table().Fingerprint.ShouldBe(one.Fingerprint);
        Lists.Typed("Nr.|Name|Ort", "1|B|2").Table().Fingerprint.ShouldNotBe(one.Fingerprint);
    }
}
