using System.Globalization;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Regulation.Sample;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

/// <summary>Every row of the sample regulation, computed by hand.</summary>
public sealed class CalculatorTests
{
    private static readonly DuesRegulation Regulation = SampleRegulation.Read();

    [Theory]
    [InlineData("hospital", 0, "900.00")]
    [InlineData("hospital", 99, "900.00")]
    [InlineData("hospital", 100, "1500.00")]
    [InlineData("hospital", 299, "1500.00")]
    [InlineData("hospital", 300, "3500.00")]
    [InlineData("hospital", 599, "3500.00")]
    [InlineData("hospital", 600, "5200.00")]
    [InlineData("hospital", 601, "5201.10")]
    [InlineData("hospital", 640, "5244.00")]
    [InlineData("hospital", 1250, "5915.00")]
    [InlineData("hospital", 2690, "7499.00")]
    [InlineData("hospital", 2691, "7500.00")]
    [InlineData("hospital", 100_000, "7500.00")]
    [InlineData("insurer", null, "2775.00")]
    [InlineData("welfare", 0, "350.00")]
    [InlineData("welfare", 99, "350.00")]
    [InlineData("welfare", 100, "620.00")]
    [InlineData("welfare", 50_000, "620.00")]
    [InlineData("practice", null, "120.00")]
    [InlineData("company", 9, "250.00")]
    [InlineData("company", 10, "450.00")]
    [InlineData("company", 49, "450.00")]
    [InlineData("company", 50, "950.00")]
    [InlineData("company", 249, "950.00")]
    [InlineData("company", 250, "1900.00")]
    [InlineData("research", null, "500.00")]
    [InlineData("municipality", 0, "250.00")]
    [InlineData("municipality", 4_807, "250.00")]
    [InlineData("municipality", 4_808, "250.02")]
    [InlineData("municipality", 10_101, "525.25")]
    [InlineData("municipality", 42_148, "2191.70")]
    [InlineData("municipality", 86_538, "4499.98")]
    [InlineData("municipality", 86_539, "4500.00")]
    [InlineData("municipality", 182_000, "4500.00")]
    [InlineData("ministry", null, "600.00")]
    [InlineData("person", null, "60.00")]
    public void a_row_of_the_regulation_and_each_edge_of_its_bands_give_the_amount_in_the_table(string category, int? value, string amount) =>
        Amount(category, value).ShouldBe(amount);

    [Theory]
    [InlineData("2027-01-31", "2775.00")]
    [InlineData("2027-02-01", "2543.75")]
    [InlineData("2027-05-31", "1850.00")]
    [InlineData("2027-12-01", "231.25")]
    [InlineData("2026-12-31", "2775.00")]
    public void the_month_of_joining_counts_in_full(string joined, string amount) => Amount("insurer", joined: joined).ShouldBe(amount);

    [Theory]
    [InlineData(50, "262.63")] // 525.25 × 50 % = 262.625
    [InlineData(33.33, "350.18")]
    [InlineData(99.99, "0.05")]
    public void a_reduction_rounds_what_remains_half_away_from_zero(double percent, string amount) =>
        Amount("municipality", 10_101, percent: (decimal)percent).ShouldBe(amount);

    [Fact]
    public void each_paragraph_rounds_by_itself_before_the_next_one_applies()
    {
        var result = Calculate("municipality", 10_101, "2027-08-15", 50m);

        result
            .Steps.Select(s => (s.Paragraph, s.Exact, s.Amount.ToString()))
            .ShouldBe([("§ 2", 525.252m, "525.25"), ("§ 5", 262.625m, "262.63"), ("§ 3", 262.63m * 5 / 12, "109.43")]);
    }

    // Failures row 8: three times 2,775.00 stays 8,325.00, 12.37 stays 12.37, and there is no tax that could tilt a cent.
    [Fact]
    public void the_total_is_the_sum_of_the_amounts_that_people_see()
    {
        Money.Sum(Enumerable.Repeat(Calculate("insurer").Amount, 3)).ToString().ShouldBe("8325.00");

        var odd = Regulation with { Rules = [new FlatRule("person", new Money(12.37m))] };
        DuesCalculator.Calculate(odd, odd.Rules[0], new DuesFacts(2027)).Amount.ToString().ShouldBe("12.37");
    }

    // Failures row 7, first half.
    [Fact]
    public void who_joins_next_year_owes_nothing_this_year() => Calculate("insurer", joined: "2028-01-01").ShouldBe(DuesCalculation.NotLiable);

    // Failures row 7, second half.
    [Fact]
    public void who_resigned_with_effect_of_the_31st_of_December_still_owes_the_whole_year()
    {
        Leaving("2027-12-31").Amount.ToString().ShouldBe("2775.00");
        Leaving("2027-03-15").Amount.ToString().ShouldBe("2775.00");
        Leaving("2026-12-31").Outcome.ShouldBe(DuesOutcome.NotLiable);

        static DuesCalculation Leaving(string on) =>
            DuesCalculator.Calculate(Regulation, Regulation.RuleOf("insurer")!, new DuesFacts(2027, LeftOn: DateOnly.Parse(on, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void a_missing_value_is_never_estimated()
    {
        Calculate("hospital").ShouldBe(DuesCalculation.Missing);
        Calculate("hospital", percent: 50m).ShouldBe(DuesCalculation.Missing);
    }

    [Fact]
    public void a_reduction_of_100_percent_frees_from_dues_even_without_a_value()
    {
        Calculate("hospital", percent: 100m).ShouldBe(DuesCalculation.Exempt);
        Calculate("insurer", percent: 100m).Amount.ShouldBe(Money.Zero);
    }

    [Fact]
    public void the_sample_regulation_leaves_no_value_without_an_amount() => RegulationFaults.Find(Regulation).ShouldBeEmpty();

    [Fact]
    public void a_gap_an_overlap_and_a_closed_end_are_faults_of_a_regulation()
    {
        Faults((0, 9), (11, null)).ShouldBe([FaultKind.Gap]);
        Faults((0, 9), (9, null)).ShouldBe([FaultKind.Overlap]);
        Faults((0, 9), (10, 20)).ShouldBe([FaultKind.LastBandNotOpen]);
        Faults((1, null)).ShouldBe([FaultKind.Gap]);
        Faults().ShouldBe([FaultKind.NoBand]);
        Faults((0, 9), (10, null)).ShouldBeEmpty();

        static IEnumerable<FaultKind> Faults(params (int From, int? To)[] bands) =>
            RegulationFaults
                .Find(Regulation with { Rules = [new BandRule("company", "employees", [.. bands.Select(b => new DuesBand(b.From, b.To, new Money(1m)))])] })
                .Select(f => f.Kind);
    }

    [Theory]
    [InlineData(
        "de",
        "640 Planbetten (Stand 31.12.2026): 5.200,00 € + 40 × 1,10 €",
        "Ermäßigung um 12,5 % (Vorstand 12.03.2026): 5.244,00 € × 87,5 %",
        "Eintritt am 17.05.2027, 8 von 12 Monaten: 4.588,50 € × 8 ÷ 12"
    )]
    [InlineData(
        "en",
        "640 licensed beds (as of 31/12/2026): €5,200.00 + 40 × €1.10",
        "Reduction by 12.5% (Vorstand 12.03.2026): €5,244.00 × 87.5%",
        "Joined on 17/05/2027, 8 of 12 months: €4,588.50 × 8 ÷ 12"
    )]
    [InlineData(
        "fr",
        "640 lits autorisés (au 31/12/2026) : 5 200,00 € + 40 × 1,10 €",
        "Réduction de 12,5 % (Vorstand 12.03.2026) : 5 244,00 € × 87,5 %",
        "Adhésion le 17/05/2027, 8 mois sur 12 : 4 588,50 € × 8 ÷ 12"
    )]
    public void the_steps_are_told_in_the_language_of_whoever_reads_them(string language, params string[] texts) =>
        DuesCalculator
            .Calculate(
                Regulation,
                Regulation.RuleOf("hospital")!,
                new DuesFacts(
                    2027,
                    new MeasuredValue("beds", 640, new DateOnly(2026, 12, 31)),
                    new DateOnly(2027, 5, 17),
                    null,
                    new Reduction(12.5m, "Vorstand 12.03.2026")
                )
            )
            .Steps.Select(s => Plain(StepTexts.Describe(s, language)))
            .ShouldBe(texts);

    [Theory]
    [InlineData("hospital", 210, "210 Planbetten: Stufe 100 bis 299")]
    [InlineData("hospital", 12, "12 Planbetten: Stufe bis 99")]
    [InlineData("hospital", 1, "1 Planbett: Stufe bis 99")]
    [InlineData("company", 2_100, "2.100 Beschäftigte: Stufe ab 250")]
    [InlineData("municipality", 89_000, "89.000 Einwohner × 0,052 €|höchstens 4.500,00 €")]
    [InlineData("municipality", 3, "3 Einwohner × 0,052 €|mindestens 250,00 €")]
    [InlineData("insurer", null, "Fester Jahresbeitrag")]
    public void each_kind_of_rule_has_its_words(string category, int? value, string text) =>
        Plain(string.Join('|', Calculate(category, value).Steps.Select(s => StepTexts.Describe(s, "de")))).ShouldBe(text);

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static string Amount(string category, int? value = null, string? joined = null, decimal? percent = null) =>
        Calculate(category, value, joined, percent).Amount.ToString();

    private static DuesCalculation Calculate(string category, int? value = null, string? joined = null, decimal? percent = null)
    {
        var rule = Regulation.RuleOf(category)!;
        return DuesCalculator.Calculate(
            Regulation,
            rule,
            new DuesFacts(
                2027,
                value is { } v ? new MeasuredValue(rule.NeededMeasure!, v) : null,
                joined is null ? null : DateOnly.Parse(joined, CultureInfo.InvariantCulture),
                null,
                percent is { } p ? new Reduction(p) : null
            )
        );
    }
}
