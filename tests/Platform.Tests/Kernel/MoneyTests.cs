using System.Globalization;
using Association.Platform.Data.Kernel;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Kernel;

/// <summary>Amounts are rounded in one place, half away from zero, and a total is the sum of what a person sees.</summary>
public sealed class MoneyTests
{
    [Theory]
    [InlineData("0.005", "0.01")]
    [InlineData("-0.005", "-0.01")]
    [InlineData("2.675", "2.68")]
    [InlineData("12.374999", "12.37")]
    [InlineData("262.625", "262.63")]
    [InlineData("0.0049", "0.00")]
    public void half_a_cent_goes_away_from_zero(string exact, string rounded) =>
        Money.Round(decimal.Parse(exact, CultureInfo.InvariantCulture)).ToString().ShouldBe(rounded);

    [Fact]
    public void an_amount_with_fractions_of_a_cent_is_no_money() => Should.Throw<ArgumentException>(() => new Money(12.375m));

    [Fact]
    public void text_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            new Money(1234567.8m).ToString().ShouldBe("1234567.80");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void rounding_moves_an_amount_by_half_a_cent_at_most() =>
        Prop.ForAll(Fractions, exact => Math.Abs(Money.Round(exact).Amount - exact) <= 0.005m).QuickCheckThrowOnFailure();

    [Fact]
    public void rounding_is_the_same_on_both_sides_of_zero() =>
        Prop.ForAll(Fractions, exact => Money.Round(-exact) == -Money.Round(exact)).QuickCheckThrowOnFailure();

    [Fact]
    public void a_total_does_not_depend_on_the_order_of_its_lines() =>
        Prop.ForAll(
                Fractions.Generator.ListOf().ToArbitrary(),
                exact =>
                {
                    var lines = exact.Select(Money.Round).ToList();
                    return Money.Sum(lines) == Money.Sum(lines.AsEnumerable().Reverse()) && Money.Sum(lines).Amount == lines.Sum(l => l.Amount);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void order_is_the_order_of_amounts() =>
        Prop.ForAll(
                Fractions,
                Fractions,
                (a, b) =>
                {
                    var (x, y) = (Money.Round(a), Money.Round(b));
                    return x < y == x.Amount < y.Amount && x >= y == !(x < y) && Math.Sign(x.CompareTo(y)) == Math.Sign(x.Amount.CompareTo(y.Amount));
                }
            )
            .QuickCheckThrowOnFailure();

    // Up to ten million euro with four decimals: every rounding case, none of them rare.
    private static Arbitrary<decimal> Fractions => Gen.Choose(-1_000_000_000, 1_000_000_000).Select(n => n / 10_000m).ToArbitrary();
}
