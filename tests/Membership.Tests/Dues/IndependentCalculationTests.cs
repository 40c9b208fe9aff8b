using Association.Membership.Contracts;
using Association.Membership.Dues.Runs;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues;

/// <summary>The run against a second calculation that shares nothing with the product but the words of the regulation; cents, whole numbers only.</summary>
public sealed class IndependentCalculationTests
{
    private sealed record Drawn(string Category, int? Value, DateOnly? Joined, DateOnly? Left, int? PercentHundredths);

    [Fact]
    public async Task a_run_over_generated_members_equals_an_independent_calculation_to_the_cent()
    {
        var random = new Random(20270101);
        await using var dues = await DuesOffice.OpenAsync();
        var drawn = new Dictionary<MemberId, Drawn>();
        for (var i = 0; i < 300; i++)
        {
            var member = Draw(random);
            var id = await dues.MemberAsync(
                member.Category,
                member.Value,
                $"Mitglied {i}",
                member.Joined?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                member.Left?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            );
            if (member.PercentHundredths is { } p)
                await dues.ReductionAsync(id, p / 100m);
            drawn.Add(id, member);
        }

        var code = await dues.StartAsync();
        await dues.InvokeAsync("office", new SubmitDuesRun(await dues.IdAsync(code)));

        var charged = (await dues.QueryAsync<(Guid Member, decimal Amount)>("select member_id, amount from membership.charge")).ToDictionary(
            c => MemberId.From(c.Member),
            c => (long)(c.Amount * 100)
        );
        var expected = drawn.Select(d => (d.Key, Cents: CentsOwed(d.Value))).Where(e => e.Cents > 0).ToDictionary(e => e.Key, e => e.Cents);
        charged.OrderBy(c => c.Key.Value).ShouldBe(expected.OrderBy(e => e.Key.Value));
        var run = (await dues.ReadAsync(code)).Run;
        ((long)(run.Total.Amount * 100), run.Charges).ShouldBe((expected.Values.Sum(), expected.Count));
        (run.Charges + run.MissingInput + run.NotLiable + run.Exempt).ShouldBe(300);
    }

    private static Drawn Draw(Random random)
    {
        var category = new[] { "hospital", "insurer", "welfare", "practice", "company", "research", "municipality", "ministry", "person" }[random.Next(9)];
        int? value = category switch
        {
            "hospital" => random.Next(0, 4_000),
            "welfare" or "company" => new[] { 0, 9, 10, 49, 50, 99, 100, 249, 250, random.Next(0, 5_000) }[random.Next(10)],
            "municipality" => random.Next(0, 200_000),
            _ => null,
        };
        return new Drawn(
            category,
            random.Next(10) == 0 ? null : value,
            random.Next(4) == 0 ? new DateOnly(2026, 7, 1).AddDays(random.Next(700))
                : random.Next(8) == 0 ? null
                : new DateOnly(2010, 1, 1),
            null,
            random.Next(4) == 0 ? random.Next(1, 10_001) : null
        );
    }

    private static long CentsOwed(Drawn member)
    {
        if (member.Joined is { Year: > 2027 })
            return 0;
        if (member.PercentHundredths == 10_000)
            return 0;
        long? year = member.Category switch
        {
            "insurer" => 277_500,
            "practice" => 12_000,
            "research" => 50_000,
            "ministry" => 60_000,
            "person" => 6_000,
            "hospital" when member.Value is { } beds => beds <= 99 ? 90_000
            : beds <= 299 ? 150_000
            : beds <= 599 ? 350_000
            : Math.Min(750_000, 520_000 + 110L * (beds - 600)),
            "welfare" when member.Value is { } staff => staff < 100 ? 35_000 : 62_000,
            "company" when member.Value is { } staff => staff < 10 ? 25_000
            : staff < 50 ? 45_000
            : staff < 250 ? 95_000
            : 190_000,
            "municipality" when member.Value is { } people => Math.Clamp(HalfUp(52L * people, 10), 25_000, 450_000),
            _ => null,
        };
        if (year is not { } cents)
            return 0;
        if (member.PercentHundredths is { } percent)
            cents = HalfUp(cents * (10_000 - percent), 10_000);
        if (member.Joined is { Year: 2027 } joined)
            cents = HalfUp(cents * (13 - joined.Month), 12);
        return cents;
    }

    private static long HalfUp(long dividend, long divisor) => (2 * dividend + divisor) / (2 * divisor);
}
