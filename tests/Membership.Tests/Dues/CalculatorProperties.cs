using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Regulation.Sample;
using Association.Platform.Data.Kernel;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Association.Membership.Tests.Dues;

/// <summary>What holds for any member under the sample regulation.</summary>
public sealed class CalculatorProperties
{
    private static readonly DuesRegulation Regulation = SampleRegulation.Read();

    private sealed record AnyMember(DuesRule Rule, int Value, DateOnly Joined, decimal? Percent)
    {
        public DuesCalculation Calculate(int? value = null, DateOnly? joined = null) =>
            DuesCalculator.Calculate(
                Regulation,
                Rule,
                new DuesFacts(
                    2027,
                    Rule.NeededMeasure is { } measure ? new MeasuredValue(measure, value ?? Value) : null,
                    joined ?? Joined,
                    null,
                    Percent is { } p ? new Reduction(p) : null
                )
            );
    }

    private static readonly Arbitrary<AnyMember> Members = (
        from rule in Gen.Elements(Regulation.Rules.ToArray())
        from value in Gen.Frequency((6, Gen.Choose(0, 3_000)), (3, Gen.Choose(0, 200_000)), (1, Gen.Choose(0, DuesCalculator.LargestValue)))
        from joined in Gen.Choose(0, 800).Select(d => new DateOnly(2026, 1, 1).AddDays(d))
        from percent in Gen.Frequency((1, Gen.Constant((decimal?)null)), (1, Gen.Choose(1, 9_999).Select(p => (decimal?)(p / 100m))))
        select new AnyMember(rule, value, joined, percent)
    ).ToArbitrary();

    private static void Holds(Func<AnyMember, bool> property) => Prop.ForAll(Members, property).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void an_amount_lies_between_zero_and_the_most_that_the_rule_allows() =>
        Holds(m =>
        {
            var most = m.Rule switch
            {
                FlatRule flat => flat.Amount,
                BandRule bands => bands.Bands.Max(b => b.PerUnit?.Maximum ?? b.Amount),
                RateRule rate => rate.Maximum!.Value,
                _ => throw new InvalidOperationException(),
            };
            var amount = m.Calculate().Amount;
            return amount >= Money.Zero && amount <= most;
        });

    [Fact]
    public void a_larger_member_never_pays_less() => Holds(m => m.Rule.NeededMeasure is null || m.Calculate(m.Value / 2).Amount <= m.Calculate().Amount);

    [Fact]
    public void who_joins_later_never_pays_more() => Holds(m => m.Calculate(joined: m.Joined.AddMonths(1)).Amount <= m.Calculate().Amount);

    [Fact]
    public void no_amount_has_fractions_of_a_cent() => Holds(m => m.Calculate().Steps.All(s => decimal.Round(s.Amount.Amount, 2) == s.Amount.Amount));

    [Fact]
    public void the_steps_reproduce_the_amount() =>
        Holds(m =>
        {
            var result = m.Calculate();
            var recomputed = Money.Zero;
            foreach (var step in result.Steps)
                recomputed = step switch
                {
                    FlatStep s => s.Amount,
                    BandStep s => Money.Round(s.BandAmount.Amount + s.Units * s.UnitRate),
                    RateStep s => Money.Round(s.Value.Value * s.Rate),
                    LimitStep s => s.IsMinimum ? Larger(recomputed, s.Amount) : Smaller(recomputed, s.Amount),
                    ReductionStep s => Money.Round(recomputed.Amount - recomputed.Amount * s.Percent / 100m),
                    MonthsStep s => Money.Round(recomputed.Amount * s.Months / 12m),
                    _ => throw new InvalidOperationException(),
                };
            return recomputed == result.Amount;

            static Money Larger(Money a, Money b) => a > b ? a : b;
            static Money Smaller(Money a, Money b) => a < b ? a : b;
        });

    [Fact]
    public void a_reduction_and_its_complement_make_the_whole_within_a_cent() =>
        Holds(m =>
        {
            if (m.Percent is not { } percent)
                return true;
            var full = (m with { Percent = null, Joined = new DateOnly(2020, 1, 1) }).Calculate().Amount;
            var one = (m with { Joined = new DateOnly(2020, 1, 1) }).Calculate().Amount;
            var other = (m with { Percent = 100m - percent, Joined = new DateOnly(2020, 1, 1) }).Calculate().Amount;
            return Math.Abs((one + other - full).Amount) <= 0.01m;
        });

    [Fact]
    public void the_months_before_and_after_an_entry_make_the_whole_within_a_cent() =>
        Holds(m =>
        {
            var january = new DateOnly(2027, 1, 1);
            var full = m.Calculate(joined: january).Amount;
            return Enumerable
                .Range(1, 11)
                .All(months =>
                    Math.Abs((m.Calculate(joined: january.AddMonths(months)).Amount + m.Calculate(joined: january.AddMonths(12 - months)).Amount - full).Amount)
                    <= 0.01m
                );
        });
}
