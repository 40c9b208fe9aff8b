using System.Globalization;
using Association.Membership.Import;
using Association.Membership.Import.Cells;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

public class CellTests
{
    [Theory]
    [InlineData("31.12.2020", 2020, 12, 31)]
    [InlineData("1.2.19", 2019, 2, 1)]
    [InlineData("06.08.14", 2014, 8, 6)]
    [InlineData("1.2.89", 1989, 2, 1)]
    [InlineData("2019-02-01", 2019, 2, 1)]
    [InlineData("2019-02-01 00:00:00", 2019, 2, 1)]
    [InlineData("01/02/2019", 2019, 2, 1)]
    [InlineData("12/31/2019", 2019, 12, 31)]
    [InlineData("24. 6. 2023", 2023, 6, 24)]
    [InlineData("1. März 2015", 2015, 3, 1)]
    [InlineData("1. Maerz 2015", 2015, 3, 1)]
    [InlineData("3. Okt. 1998", 1998, 10, 3)]
    [InlineData("1er juillet 2015", 2015, 7, 1)]
    [InlineData("12 février 2018", 2018, 2, 12)]
    [InlineData("March 3, 2017", 2017, 3, 3)]
    [InlineData("3rd May 2017", 2017, 5, 3)]
    [InlineData("20190201", 2019, 2, 1)]
    [InlineData("seit 01.04.2011", 2011, 4, 1)]
    [InlineData("zum 31.12.2026", 2026, 12, 31)]
    [InlineData("43504", 2019, 2, 8)]
    public void a_day_is_read_however_it_is_typed(string typed, int year, int month, int day) =>
        DateCell.Read(ListCell.Of(typed), 2026).ShouldBe(new CellReading<DateOnly?>(new DateOnly(year, month, day)));

    [Theory]
    [InlineData("2023", 2023, 1, "YearOnly")]
    [InlineData("Mai 2014", 2014, 5, "MonthOnly")]
    [InlineData("05/2014", 2014, 5, "MonthOnly")]
    [InlineData("juin 2014", 2014, 6, "MonthOnly")]
    public void only_a_year_or_a_month_means_its_first_day_and_says_so(string typed, int year, int month, string notice)
    {
        var reading = DateCell.Read(ListCell.Of(typed), 2026);
        reading.Value.ShouldBe(new DateOnly(year, month, 1));
        reading.Notice!.Key.ShouldBe(notice);
    }

    [Theory]
    [InlineData("31.02.2019", "NoSuchDay")]
    [InlineData("29.02.2023", "NoSuchDay")]
    [InlineData("13.13.2020", "NoSuchDay")]
    [InlineData("demnächst", "NotADate")]
    [InlineData("01.01.0219", "ImplausibleYear")]
    [InlineData("01.01.9999", "ImplausibleYear")]
    public void a_day_that_does_not_exist_is_no_day(string typed, string problem)
    {
        var reading = DateCell.Read(ListCell.Of(typed), 2026);
        reading.Value.ShouldBeNull();
        reading.Problem!.Key.ShouldBe(problem);
    }

    [Fact]
    public void a_number_in_a_date_column_is_the_spreadsheets_day_or_a_year()
    {
        DateCell.Read(Lists.Number(41306), 2026).Value.ShouldBe(new DateOnly(2013, 2, 1));
        DateCell.Read(new ListCell(ListCellKind.Date, "01.02.2013", 41306), 2026).Value.ShouldBe(new DateOnly(2013, 2, 1));
        DateCell.Read(Lists.Number(2017), 2026).ShouldBe(new CellReading<DateOnly?>(new DateOnly(2017, 1, 1), Notice: new Reason("YearOnly")));
        DateCell.Read(Lists.Number(-5), 2026).Problem!.Key.ShouldBe("NotADate");
        DateCell.Read(new ListCell(ListCellKind.Error, "#REF!"), 2026).Problem!.Key.ShouldBe("FormulaError");
        DateCell.Read(ListCell.Of("k. A."), 2026).ShouldBe(default);
    }

    [Theory]
    [InlineData("120", "120.00")]
    [InlineData("120,00 €", "120.00")]
    [InlineData("1.812,37 €", "1812.37")]
    [InlineData("1,812.37", "1812.37")]
    [InlineData("1 812,37", "1812.37")]
    [InlineData("1\u202f812,37 €", "1812.37")]
    [InlineData("1'812.37", "1812.37")]
    [InlineData("500,00 EUR", "500.00")]
    [InlineData("EUR 500", "500.00")]
    [InlineData("€ 60,-", "60.00")]
    [InlineData("60,-- €", "60.00")]
    [InlineData("1.250", "1250.00")]
    [InlineData("1.234.567", "1234567.00")]
    [InlineData("12,5", "12.50")]
    public void an_amount_is_read_however_it_is_typed(string typed, string amount) =>
        MoneyCell.Read(ListCell.Of(typed)).Value!.Value.ToString().ShouldBe(amount);

    [Theory]
    [InlineData("viel", "NotAnAmount")]
    [InlineData("-60", "NegativeAmount")]
    [InlineData("1000000000000", "AmountTooLarge")]
    [InlineData("1.000.000.000.000,00 €", "AmountTooLarge")]
    [InlineData("99999999999999999999999999999999999", "NotAnAmount")]
    [InlineData("12,3456", "FractionsOfACent")]
    public void an_amount_that_cannot_be_is_refused(string typed, string problem) =>
        MoneyCell.Read(ListCell.Of(typed)).ShouldBe(new CellReading<Money?>(null, new Reason(problem)));

    [Theory]
    [InlineData("1.000.00", 1000, 100000)]
    [InlineData("1,5,0", 15, 150)]
    [InlineData("12.5.0 €", 125, 1250)]
    [InlineData("1.12.000", 112, 112000)]
    [InlineData("12 50", 12.5, 1250)]
    [InlineData("12,345", 12.345, 12345)]
    [InlineData("0,500", 0.5, 500)]
    [InlineData("1.2.3", 12.3, 123)]
    public void an_amount_that_may_be_either_of_two_is_refused_with_both(string typed, double one, double other)
    {
        var reading = MoneyCell.Read(ListCell.Of(typed));
        reading.ShouldBe(new CellReading<Money?>(null, new Reason("TwoAmounts", (decimal)one, (decimal)other)));
        foreach (var language in new[] { "de", "en", "fr" })
            reading.Problem!.Say(CultureInfo.GetCultureInfo(language)).ShouldContain(((decimal)other).ToString("#,##0.00", Region(language)));
    }

    private static CultureInfo Region(string language) => CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : $"{language}-{language.ToUpperInvariant()}");

    [Theory]
    [InlineData("12.5.0")]
    [InlineData("1 25")]
    public void a_count_that_may_be_either_of_two_is_refused(string typed) => CountCell.Read(ListCell.Of(typed)).Problem!.Key.ShouldBe("TwoNumbers");

    [Theory]
    [InlineData("01.03.2019")]
    [InlineData("50 %")]
    public void a_day_and_a_percentage_are_no_amount(string typed) => MoneyCell.Read(ListCell.Of(typed)).Problem!.Key.ShouldBe("NotAnAmount");

    [Fact]
    public void a_binary_fraction_of_the_workbook_is_the_amount_that_it_shows() =>
        MoneyCell.Read(Lists.Number((decimal)(1812.1 + 0.27))).Value.ShouldBe(new Money(1812.37m));

    [Theory]
    [InlineData("480", 480)]
    [InlineData("1.250", 1250)]
    [InlineData("1 250", 1250)]
    [InlineData("12.500", 12500)]
    [InlineData("120 Betten", 120)]
    public void a_count_is_read_however_it_is_typed(string typed, int count) => CountCell.Read(ListCell.Of(typed)).Value.ShouldBe(count);

    [Theory]
    [InlineData("ca. 90")]
    [InlineData("90-100")]
    [InlineData("90,5")]
    [InlineData("-3")]
    [InlineData("viele")]
    public void what_is_no_whole_number_is_no_count(string typed) => CountCell.Read(ListCell.Of(typed)).Problem!.Key.ShouldBe("NotACount");

    [Theory]
    [InlineData("66424", "DE", "66424")]
    [InlineData("01067", "DE", "01067")]
    [InlineData("D-66424", null, "66424")]
    [InlineData("D 66424", null, "66424")]
    [InlineData("L-1526", "LU", "L-1526")]
    [InlineData("1526", "LU", "L-1526")]
    [InlineData("F-57000", null, "57000")]
    [InlineData("57000", "FR", "57000")]
    [InlineData("8010", "AT", "8010")]
    public void a_postal_code_is_written_as_in_its_country(string typed, string? country, string code) =>
        PostalCodeCell.Read(ListCell.Of(typed), country).Code.Value.ShouldBe(code);

    [Fact]
    public void a_postal_code_that_lost_its_zero_as_a_number_gets_it_back()
    {
        PostalCodeCell.Read(Lists.Number(1067), "DE").Code.Value.ShouldBe("01067");
        PostalCodeCell.Read(Lists.Number(1067), null).Code.Value.ShouldBe("01067");
        PostalCodeCell.Read(Lists.Number(1526), "LU").Code.Value.ShouldBe("L-1526");
        PostalCodeCell.Read(ListCell.Of("664240"), "DE").Code.Problem!.Key.ShouldBe("FiveDigits");
    }

    [Theory]
    [InlineData("D", "DE")]
    [InlineData("Deutschland", "DE")]
    [InlineData("LU", "LU")]
    [InlineData("F", "FR")]
    [InlineData("Allemagne", "DE")]
    [InlineData("Luxembourg", "LU")]
    [InlineData("österreich", "AT")]
    public void a_country_is_known_by_its_usual_names(string typed, string code) => CountryCell.Read(ListCell.Of(typed)).Value.ShouldBe(code);

    [Theory]
    [InlineData("66424 Homburg", "66424", "Homburg")]
    [InlineData("L-1526 Luxembourg", "L-1526", "Luxembourg")]
    [InlineData("Homburg 66424", "66424", "Homburg")]
    [InlineData("66386 St. Ingbert", "66386", "St. Ingbert")]
    public void postal_code_and_town_come_apart(string typed, string code, string town) => AddressCell.SplitTown(typed).ShouldBe((code, town));

    [Theory]
    [InlineData("Heinestr. 102, 66424 Homburg", "Heinestr. 102", "66424", "Homburg", null)]
    [InlineData("Heinestr. 102\n66424 Homburg", "Heinestr. 102", "66424", "Homburg", null)]
    [InlineData("66424 Homburg, Heinestr. 102", "Heinestr. 102", "66424", "Homburg", null)]
    [InlineData("12, rue de la Gare, L-1526 Luxembourg, LU", "12, rue de la Gare", "L-1526", "Luxembourg", "LU")]
    [InlineData("Heinestr. 102", "Heinestr. 102", "", "", null)]
    [InlineData("Heinestr. 10a 66424 Homburg", "Heinestr. 10a", "66424", "Homburg", null)]
    public void an_address_in_one_cell_comes_apart(string typed, string street, string code, string town, string? country) =>
        AddressCell.Split(typed).ShouldBe((street, code, town, country));

    [Theory]
    [InlineData("DE39 2904 0090 0230 5304 19", "DE39290400900230530419")]
    [InlineData("de39290400900230530419", "DE39290400900230530419")]
    [InlineData("IBAN: LU66 0016 8413 6821 4244", "LU66001684136821 4244")]
    public void an_account_number_is_read_however_it_is_grouped(string typed, string iban) =>
        IbanCell.Read(ListCell.Of(typed)).Value.ShouldBe(iban.Replace(" ", ""));

    [Theory]
    [InlineData("DE20590501010487235609", "IbanCheckDigits")]
    [InlineData("DE2059050101048723560", "IbanLength")]
    [InlineData("XX20590501010487235609", "IbanCountry")]
    [InlineData("Sparkasse Saarbrücken", "NotAnIban")]
    public void a_mistyped_account_number_is_refused_with_its_reason(string typed, string problem) =>
        IbanCell.Read(ListCell.Of(typed)).Problem!.Key.ShouldBe(problem);

    [Fact]
    public void a_spelled_out_at_is_a_mistake_with_a_suggestion()
    {
        var reading = EmailCell.Read(ListCell.Of("c.hoffmann(at)example.com"));
        reading.Value.ShouldBeNull();
        reading.Problem!.Key.ShouldBe("EmailSpelledOut");
        reading.Suggestion.ShouldBe("c.hoffmann@example.com");
        EmailCell.Read(ListCell.Of("k.A.")).ShouldBe(default);
        EmailCell.Read(ListCell.Of("a@example.com; b@example.com")).Value.ShouldBe("a@example.com");
    }

    [Fact]
    public void a_buyer_reference_that_looks_like_a_leitweg_id_must_have_its_check_digits()
    {
        BuyerReferenceCell.Read(ListCell.Of("1023399-58240437-61"), leitwegId: true).Value.ShouldBe("1023399-58240437-61");
        BuyerReferenceCell.Read(ListCell.Of("1023399-58240437-62"), leitwegId: true).Problem!.Key.ShouldBe("LeitwegCheckDigits");
        BuyerReferenceCell.Read(ListCell.Of("Kasse 4711"), leitwegId: true).Problem!.Key.ShouldBe("NotALeitwegId");
        BuyerReferenceCell.Read(ListCell.Of("Kasse 4711"), leitwegId: false).Value.ShouldBe("Kasse 4711");
    }

    [Theory]
    [InlineData("Gülay Zimmer / Hans-Jörg Becker (Vertr.)", "Gülay Zimmer", "Hans-Jörg Becker")]
    [InlineData("Gülay Zimmer; Hans-Jörg Becker", "Gülay Zimmer", "Hans-Jörg Becker")]
    [InlineData("Gülay Zimmer und Hans-Jörg Becker", "Gülay Zimmer", "Hans-Jörg Becker")]
    [InlineData("Gülay Zimmer & Hans-Jörg Becker", "Gülay Zimmer", "Hans-Jörg Becker")]
    [InlineData("Gülay Zimmer\nHans-Jörg Becker", "Gülay Zimmer", "Hans-Jörg Becker")]
    [InlineData("Gülay Zimmer, Hans-Jörg Becker", "Gülay Zimmer", "Hans-Jörg Becker")]
    [InlineData("Hans-Jörg Becker (Stv.) / Gülay Zimmer", "Gülay Zimmer", "Hans-Jörg Becker")]
    [InlineData("Frau Gülay Zimmer", "Gülay Zimmer", null)]
    [InlineData("Hürter, Katrin", "Katrin Hürter", null)]
    [InlineData("Dr. Nora Groß", "Dr. Nora Groß", null)]
    [InlineData("Alexandra Stvanic", "Alexandra Stvanic", null)]
    public void a_contact_cell_names_a_person_and_maybe_a_deputy(string typed, string contact, string? deputy)
    {
        var persons = ContactCell.Read(typed);
        persons.Single(p => !p.Deputy).Name.ShouldBe(contact);
        persons.SingleOrDefault(p => p.Deputy)?.Name.ShouldBe(deputy);
        persons.Count.ShouldBe(deputy is null ? 1 : 2);
    }

    [Fact]
    public void remarks_say_what_the_office_has_to_see_to()
    {
        RemarkCell.Read("bitte KEINE Post!").ShouldBe(new RemarkMeaning(true, false, false, null, false));
        RemarkCell.Read("Rechnung an Träger").ShouldBe(new RemarkMeaning(false, true, false, null, false));
        RemarkCell.Read("Beitrag ermäßigt lt. Vorstand 12.3.19").ShouldBe(new RemarkMeaning(false, false, true, null, false));
        RemarkCell.Read("50 % ermäßigt bis 2028").ReductionPercent.ShouldBe(50);
        RemarkCell.Read("zahlt immer per Überweisung").ShouldBe(new RemarkMeaning(false, false, false, null, true));
        RemarkCell.Read("hat Postfach 12").ShouldBe(default);
    }
}
