using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Regulation.Comparing;
using Association.Membership.Dues.Regulation.Simulation;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues.Regulation;

public sealed class SimulationTests
{
    // What a simulation says of a draft is what a preview says once the draft is in force: member by member.
    [Fact]
    public async Task a_simulation_equals_what_a_preview_under_that_version_computes_for_each_member()
    {
        await using var dues = await DuesOffice.OpenAsync();
        string[] categories = ["hospital", "insurer", "welfare", "practice", "company", "research", "municipality", "ministry", "person"];
        var random = new Random(2028);
        for (var i = 0; i < 90; i++)
        {
            var member = await dues.MemberAsync(
                categories[i % 9],
                value: i % 9 is 0 or 2 or 4 or 6 && i % 5 > 0 ? random.Next(0, 3_000) : null,
                name: $"Mitglied {i:00}",
                joined: i % 7 == 0 ? $"2028-0{1 + i % 9}-15" : "2015-03-01",
                left: i % 11 == 0 && i % 7 > 0 ? "2027-12-31" : null,
                asOf: "2027-12-31",
                lastYear: i % 3 == 0 ? 100m : null
            );
            if (i % 10 == 3)
                await dues.ReductionAsync(member, i % 20 == 3 ? 100m : 33.33m, 2028);
        }
        var draft = await dues.DraftAsync();
        await dues.SaveAsync(draft, RegulationOffice.Hospitals((0, 49, 500m), (50, 499, 1800m), (500, null, 6000m)));
        await dues.SaveAsync(draft, new BandRule("company", "beds", [new(0, null, new Money(10m))])); // measured otherwise than before
        await dues.SaveAsync(draft, new RateRule("municipality", "inhabitants", 0.0611m, null, new Money(150m)));

        var simulated = (await dues.AskAsync(new SimulateRegulation(2, Values: DuesValues.OfTheYear, Sort: "name", Take: int.MaxValue)))!;
        await dues.PutInForceAsync(2);
        var previewed = await RowsAsync();

        simulated.Year.ShouldBe(2028);
        simulated
            .Members.Select(m => (m.Number, m.Then))
            .ShouldBe(
                previewed
                    .Where(r => r.Outcome != DuesOutcome.NotLiable)
                    .Select(r => (r.Number, r.Outcome == DuesOutcome.MissingInput ? null : (Money?)r.Amount))
            );
        simulated.Members.Count(m => m.Then is null).ShouldBeGreaterThan(5);
        var known = simulated.Members.Where(m => m.Difference is not null).ToList();
        (simulated.Total.Members, simulated.Total.Missing).ShouldBe((known.Count, simulated.Members.Count - known.Count));
        simulated.Total.Then.ShouldBe(Money.Sum(known.Select(m => m.Then!.Value)));
        simulated.Total.Difference.ShouldBe(Money.Sum(simulated.Categories.Select(c => c.Difference)));
        simulated.Categories.Single(c => c.Category == "insurer").Difference.ShouldBe(Money.Zero);

        async Task<List<DuesRow>> RowsAsync()
        {
            var preview = (await dues.PreviewAsync(2028)).Summary;
            var code = await dues.StartAsync(year: 2028);
            await using var scope = dues.Office.As("office");
            var charges = (await scope.Bus.QueryAsync(new Association.Membership.Dues.Charges.ListDuesCharges(code, Take: int.MaxValue)))!.Rows;
            return [.. charges.Concat(preview.Missing).Concat(preview.Exempt).Concat(preview.NotLiable).OrderBy(r => r.Name, StringComparer.Ordinal)];
        }
    }

    [Fact]
    public async Task members_who_are_charged_already_are_simulated_as_well()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("insurer", name: "Kasse");
        await dues.ReleaseAsync();
        var draft = await dues.DraftAsync();
        await dues.SaveAsync(draft, new FlatRule("insurer", new Money(3000m)));

        var simulated = (await dues.AskAsync(new SimulateRegulation(2, 2027)))!;

        simulated.Total.ShouldBe(new CategorySimulation("", 1, new Money(2775m), new Money(3000m), 1, 0, 0));
        simulated.Baseline!.Number.ShouldBe(1);
    }

    [Fact]
    public async Task before_the_reference_date_the_newest_values_count_and_who_has_none_is_counted_not_guessed()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.MemberAsync("hospital", 640, "Bekannt", asOf: "2025-12-31");
        await dues.MemberAsync("hospital", name: "Unbekannt");
        await dues.DraftAsync();

        var newest = (await dues.AskAsync(new SimulateRegulation(2)))!;
        (newest.Values, newest.Total.Members, newest.Total.Missing, newest.Total.Then.ToString()).ShouldBe((DuesValues.Newest, 1, 1, "5244.00"));
        newest.Members.Select(m => m.Difference).ShouldBe([Money.Zero, null]);
        var asOfTheYear = (await dues.AskAsync(new SimulateRegulation(2, Values: DuesValues.OfTheYear)))!;
        (asOfTheYear.Total.Members, asOfTheYear.Total.Missing).ShouldBe((0, 2));
    }

    [Fact]
    public async Task members_are_ordered_by_what_they_would_pay_more()
    {
        await using var dues = await DuesOffice.OpenAsync();
        foreach (var category in new[] { "insurer", "practice", "research" })
            await dues.MemberAsync(category, name: category);
        var draft = await dues.DraftAsync();
        await dues.SaveAsync(draft, new FlatRule("practice", new Money(520m)));
        await dues.SaveAsync(draft, new FlatRule("research", new Money(1m)));

        (await NamesAsync(SimulateRegulation.ByDifference)).ShouldBe(["practice", "insurer", "research"]);
        (await NamesAsync("difference")).ShouldBe(["research", "insurer", "practice"]);
        (await NamesAsync("-then", skip: 1)).ShouldBe(["practice", "research"]);
        (await NamesAsync("name", category: "research")).ShouldBe(["research"]);
        await Should.ThrowAsync<ProblemsException>(dues.AskAsync(new SimulateRegulation(2, 20280)));

        async Task<IEnumerable<string>> NamesAsync(string sort, int skip = 0, string? category = null) =>
            (await dues.AskAsync(new SimulateRegulation(2, Sort: sort, Skip: skip, Category: category)))!.Members.Select(m => m.Name);
    }

    [Fact]
    public async Task a_comparison_names_what_changed_with_its_effect_on_typical_members()
    {
        await using var dues = await DuesOffice.OpenAsync();
        for (var beds = 100; beds <= 1000; beds += 100)
            await dues.MemberAsync("hospital", beds);
        var draft = await dues.DraftAsync();
        await dues.SaveAsync(draft, RegulationOffice.Hospitals((0, 99, 900m), (100, 599, 2000m), (600, null, 6000m)));
        await dues.SaveAsync(draft, new FlatRule("insurer", new Money(2800m)));

        var compared = (await dues.AskAsync(new CompareRegulations(2)))!;

        compared.Old!.Number.ShouldBe(1);
        compared.Rules.Where(r => r.IsChanged).Select(r => r.Category).ShouldBe(["hospital", "insurer"]);
        compared.Terms.ShouldHaveSingleItem().ShouldBe(new TermChange("ValidFrom", "01.01.2027", "01.01.2028"));
        var hospital = compared.Rules[0];
        hospital
            .Lines.Select(l => $"{l.Change} {l.Text}".Replace('\u00a0', ' '))
            .ShouldBe([
                "Kept bis 99: 900,00 €",
                "Gone 100 bis 299: 1.500,00 €",
                "Came 100 bis 599: 2.000,00 €",
                "Gone 300 bis 599: 3.500,00 €",
                "Gone ab 600: 5.200,00 € zuzüglich 1,10 € je Planbett über 600, höchstens 7.500,00 €",
                "Came ab 600: 6.000,00 €",
            ]);
        hospital
            .Effects.Select(e => (e.Value!.Value, e.Difference!.Value.ToString()))
            .ShouldBe([(100, "500.00"), (300, "-1500.00"), (500, "-1500.00"), (600, "800.00"), (900, "470.00")]);
        compared.Rules.Single(r => r.Category == "insurer").Effects.ShouldHaveSingleItem().Difference.ShouldBe(new Money(25m));
        (await dues.AskAsync(new CompareRegulations(1)))!.Old.ShouldBeNull();
    }
}
