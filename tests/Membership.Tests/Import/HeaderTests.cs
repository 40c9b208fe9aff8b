using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>Headers as offices write them: cut, plural, compound, in another language. What they cannot tell is asked.</summary>
public class HeaderTests
{
    [Theory]
    [InlineData("Mitgl.-Nr.", "Number")]
    [InlineData("Mitgl. Nr.", "Number")]
    [InlineData("Betten-Anz.", "Beds")]
    [InlineData("Anz. d. Betten", "Beds")]
    [InlineData("Nb. de lits", "Beds")]
    [InlineData("Krankenhausbetten", "Beds")]
    [InlineData("Tel.", "Phone")]
    [InlineData("Tel. privat", "Phone")]
    [InlineData("Telefonnummern", "Phone")]
    [InlineData("Tél. fixe", "Phone")]
    [InlineData("Eintr.-Dat.", "JoinedOn")]
    [InlineData("Beitr.-Dat.", "JoinedOn")]
    [InlineData("beigetreten", "JoinedOn")]
    [InlineData("Mitglied seit", "JoinedOn")]
    [InlineData("Beitritt", "JoinedOn")]
    [InlineData("Date d’adhésion", "JoinedOn")]
    [InlineData("Adh. depuis", "JoinedOn")]
    [InlineData("joined", "JoinedOn")]
    [InlineData("Anz. MA", "Employees")]
    [InlineData("Anz. Mitarb.", "Employees")]
    [InlineData("Mitarbeiteranzahl", "Employees")]
    [InlineData("Beschäft.", "Employees")]
    [InlineData("Emp.", "Employees")]
    [InlineData("Einw.-Zahl", "Inhabitants")]
    [InlineData("Str.", "Street")]
    [InlineData("Str./Nr.", "Street")]
    [InlineData("Straßen", "Street")]
    [InlineData("Adr.", "Address")]
    [InlineData("Kat.", "Category")]
    [InlineData("Kategorien", "Category")]
    [InlineData("Beitr.-Gr.", "Category")]
    [InlineData("Mand.-Ref.", "MandateReference")]
    [InlineData("Mand.-Dat.", "MandateSignedOn")]
    [InlineData("E-Mail-Adr.", "Email")]
    [InlineData("Ansprechp.", "Contact")]
    [InlineData("Beitr. 2026", "PriorDues")]
    public void a_header_that_is_cut_plural_or_compound_is_understood(string header, string field) =>
        HeaderWords.Find(header)?.Field.ToString().ShouldBe(field);

    [Theory]
    [InlineData("Beitr.", "JoinedOn PriorDues")]
    [InlineData("Kont.", "Contact Iban")]
    [InlineData("E-Mail Ansprechpartner", "Contact Email")]
    public void a_header_that_can_mean_several_fields_is_asked_never_guessed(string header, string fields)
    {
        HeaderWords.Find(header).ShouldBeNull();
        string.Join(' ', HeaderWords.Doubtful(header).Select(f => f.ToString()).Order()).ShouldBe(fields);
    }

    [Theory]
    [InlineData("lfd. Nr.")]
    [InlineData("Geb.-Dat.")]
    [InlineData("Dr. Müller")]
    [InlineData("St. Ingbert")]
    [InlineData("Seiten")]
    [InlineData("Fax")]
    public void words_that_name_no_field_stay_without_one(string header) => (HeaderWords.Find(header), HeaderWords.Doubtful(header).Count).ShouldBe((null, 0));

    [Fact]
    public void numbers_beside_a_column_that_says_the_same_are_asked_about()
    {
        var plan = Lists.Typed("Nr.|Name|Kategorie|Betten|Planbetten", "1|Waldklinik|Krankenhaus|120|130").Plan();
        plan.Questions.Single().Column.Header.ShouldBe("Planbetten");
        plan.Rows.Single().Listed.Measures.Single().Value.ShouldBe(120);
    }

    [Fact]
    public void years_codes_and_line_numbers_are_no_numbers_that_dues_go_by() =>
        Lists
            .Typed(
                "lfd. Nr.|Mitgl.-Nr.|Name|Kategorie|Gründungsjahr|Schlüssel",
                "1|11|Medizintechnik Saar GmbH|Unternehmen|1987|0042",
                "2|12|Laborbedarf Kessler GmbH|Unternehmen|2004|0017"
            )
            .Plan()
            .Questions.ShouldBeEmpty();

    [Fact]
    public void the_column_for_one_part_of_an_address_counts_before_the_one_for_all()
    {
        var row = Lists
            .Cells(
                [ListCell.Of("Nr."), ListCell.Of("Name"), ListCell.Of("Kategorie"), ListCell.Of("Anschrift"), ListCell.Of("PLZ/Ort")],
                [ListCell.Of("1"), ListCell.Of("Waldklinik"), ListCell.Of("Krankenhaus"), ListCell.Of("Waldklinik\nAm Wald 3"), ListCell.Of("66822 Lebach")],
                [
                    ListCell.Of("2"),
                    ListCell.Of("Löwen-Apotheke"),
                    ListCell.Of("Apotheke"),
                    ListCell.Of("Heinestr. 7\n66424 Homburg"),
                    ListCell.Of("66822 Lebach"),
                ]
            )
            .Plan()
            .Rows;
        (row[0].Listed.Street, row[0].Listed.PostalCode, row[0].Listed.Town).ShouldBe(("Waldklinik, Am Wald 3", "66822", "Lebach"));
        (row[1].Listed.Street, row[1].Listed.PostalCode, row[1].Listed.Town).ShouldBe(("Heinestr. 7", "66822", "Lebach"));
        row[0].Findings.ShouldBeEmpty();
        row[1]
            .Findings.Select(f => (f.Severity, f.Reason))
            .ShouldBe([(Severity.Notice, new Reason("LessSpecific", "66424", "66822")), (Severity.Notice, new Reason("LessSpecific", "Homburg", "Lebach"))]);
    }

    [Fact]
    public void of_two_cells_for_one_field_the_second_fills_the_gap_and_is_told_when_it_differs()
    {
        var rows = Lists
            .Typed(
                "Nr.|Name|Kategorie|Telefon|Mobil|E-Mail|E-Mail 2",
                "1|Waldklinik|Krankenhaus|06881 100|0171 200|a@example.com|b@example.com",
                "2|Löwen-Apotheke|Apotheke||0171 300||c@example.com"
            )
            .Plan()
            .Rows;
        (rows[0].Listed.Phone, rows[0].Listed.Email).ShouldBe(("06881 100", "a@example.com"));
        rows[0]
            .Findings.Select(f => f.Reason)
            .ShouldBe([new Reason("AnotherCellCounts", "Telefon", "06881 100"), new Reason("AnotherCellCounts", "E-Mail", "a@example.com")], ignoreOrder: true);
        (rows[1].Listed.Phone, rows[1].Listed.Email).ShouldBe(("0171 300", "c@example.com"));
        rows[1].Findings.ShouldBeEmpty();
    }
}
