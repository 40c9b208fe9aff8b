using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Regulation.Editing;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Dues.Regulation;

public sealed class RegulationEditingTests
{
    [Fact]
    public async Task a_draft_begins_with_the_rules_of_another_version_or_with_none()
    {
        await using var dues = await DuesOffice.OpenAsync();

        var copy = await dues.DraftAsync();
        var empty = await dues.DraftAsync(copyOf: null);

        (copy.Version.Number, copy.Version.ValidFrom, copy.Version.ResolvedOn).ShouldBe((2, new DateOnly(2028, 1, 1), null));
        copy.Regulation.Rules.Select(r => r.Category).ShouldBe((await dues.VersionAsync(1)).Regulation.Rules.Select(r => r.Category));
        ((BandRule)copy.Regulation.RuleOf("hospital")!).Bands.ShouldBe(((BandRule)(await dues.VersionAsync(1)).Regulation.RuleOf("hospital")!).Bands);
        copy.Rules.Values.ShouldAllBe(edit => edit.By.Length == 0, "whoever copies changes nothing");
        await dues.SaveAsync(copy, new FlatRule("insurer", new Money(1m)));
        (await dues.VersionAsync(2)).Rules.Where(r => r.Value.By.Length > 0).Select(r => r.Key).ShouldBe(["insurer"]);
        empty.Regulation.Rules.ShouldBeEmpty();
        empty.WithoutRule.Count().ShouldBe(9);
        await Should.ThrowAsync<ProblemsException>(dues.DraftAsync(copyOf: 99));
    }

    [Fact]
    public async Task an_empty_draft_begins_with_the_due_date_of_the_settings_and_a_copy_with_that_of_its_model()
    {
        await using var dues = await DuesOffice.OpenAsync();
        await dues.ChangeRulesAsync(rules => rules with { Due = new(31, 3, 21) });

        var (empty, copy) = ((await dues.DraftAsync(copyOf: null)).Regulation.Due, (await dues.DraftAsync()).Regulation.Due);
        empty.ShouldBe(new DueRule(3, 28, 21), "a regulation knows no later day");
        copy.ShouldBe((await dues.VersionAsync(1)).Regulation.Due);
    }

    [Fact]
    public async Task a_rule_of_every_kind_is_stored_as_it_was_given()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = await dues.DraftAsync(copyOf: null);
        DuesRule[] rules =
        [
            new BandRule("hospital", "beds", [new(0, 99, new Money(900m)), new(100, null, new Money(1500m), new UnitPart(100, 1.105m, new Money(7500m)))]),
            new FlatRule("insurer", new Money(2800m)),
            new RateRule("municipality", "inhabitants", 0.052m, new Money(250m), new Money(4500m)),
        ];

        foreach (var rule in rules)
            await dues.SaveAsync(draft, rule);

        var stored = (await dues.VersionAsync(draft.Version.Number)).Regulation.Rules;
        stored[0].NeededMeasure.ShouldBe("beds");
        ((BandRule)stored[0]).Bands.ShouldBe(((BandRule)rules[0]).Bands);
        stored.Skip(1).ShouldBe(rules.Skip(1));
    }

    private static readonly (string Field, string Text, DuesBand[] Bands)[] FaultyBands =
    [
        (
            "Bands[1].From",
            "Krankenhausträger, Staffel ab 104 Planbetten: Für 100 bis 103 gibt es keine Stufe.",
            [new(0, 99, new Money(1m)), new(104, null, new Money(2m))]
        ),
        (
            "Bands[1].From",
            "Krankenhausträger, Staffel ab 101 Planbetten: Für 100 gibt es keine Stufe.",
            [new(0, 99, new Money(1m)), new(101, null, new Money(2m))]
        ),
        (
            "Bands[1].From",
            "Krankenhausträger, Staffel ab 95 Planbetten: 95 bis 99 liegt schon in einer früheren Stufe.",
            [new(0, 99, new Money(1m)), new(95, null, new Money(2m))]
        ),
        ("Bands[0].From", "Krankenhausträger, Staffel ab 1 Planbetten: Für 0 gibt es keine Stufe.", [new(1, null, new Money(1m))]),
        (
            "Bands[0].To",
            "Krankenhausträger, Staffel ab 0 Planbetten: Nur die letzte Stufe hat kein Ende.",
            [new(0, null, new Money(1m)), new(100, null, new Money(2m))]
        ),
        (
            "Bands[1].To",
            "Krankenhausträger, Staffel ab 100 Planbetten: Die letzte Stufe hat kein Ende",
            [new(0, 99, new Money(1m)), new(100, 299, new Money(2m))]
        ),
        (
            "Bands[1].To",
            "Krankenhausträger, Staffel ab 100 Planbetten: Das Ende liegt vor dem Anfang.",
            [new(0, 99, new Money(1m)), new(100, 50, new Money(2m)), new(100, null, new Money(2m))]
        ),
        ("Bands[0].Amount", "Krankenhausträger, Staffel ab 0 Planbetten: Der Betrag liegt unter null.", [new(0, null, new Money(-1m))]),
        (
            "Bands[0].Maximum",
            "Krankenhausträger, Staffel ab 0 Planbetten: Der Höchstbetrag liegt unter dem Betrag der Stufe.",
            [new(0, null, new Money(10m), new UnitPart(5, 1m, new Money(9m)))]
        ),
        ("Bands[0].Rate", "Krankenhausträger, Staffel ab 0 Planbetten: Satz liegt unter null.", [new(0, null, new Money(10m), new UnitPart(5, -1m, null))]),
        ("Bands[0].From", "Krankenhausträger: Die Staffel hat keine Stufe.", []),
    ];

    [Fact]
    public async Task a_value_without_an_amount_or_with_two_is_refused_with_its_place()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = await dues.DraftAsync();

        foreach (var (field, text, bands) in FaultyBands)
        {
            var refused = await Should.ThrowAsync<ProblemsException>(dues.SaveAsync(draft, new BandRule("hospital", "beds", bands)));
            var problem = refused.Problems.FirstOrDefault(p => p.Field == field).ShouldNotBeNull($"{text}: {refused.Message}");
            problem.Text.ShouldStartWith(text);
        }
        ((BandRule)(await dues.VersionAsync(draft.Version.Number)).Regulation.RuleOf("hospital")!).Bands.Count.ShouldBe(4, "nothing was written");
    }

    [Fact]
    public async Task negative_amounts_and_limits_that_contradict_each_other_are_refused()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = await dues.DraftAsync();

        (await Fault(new FlatRule("insurer", new Money(-1m)))).ShouldBe("Amount");
        (await Fault(new RateRule("municipality", "inhabitants", -0.05m, null, null))).ShouldBe("Rate");
        (await Fault(new RateRule("municipality", "inhabitants", 0.05m, new Money(500m), new Money(250m)))).ShouldBe("Maximum");
        (await Fault(new RateRule("municipality", "inhabitants", 0.0000001m, null, null))).ShouldBe("Rate");
        (await Fault(new RateRule("municipality", "stars", 0.05m, null, null))).ShouldBe("Measure");

        async Task<string> Fault(DuesRule rule) =>
            (await Should.ThrowAsync<ProblemsException>(dues.SaveAsync(draft, rule))).Problems.ShouldHaveSingleItem().Field;
    }

    [Fact]
    public async Task the_database_refuses_gaps_overlaps_and_negative_amounts_as_well()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var draft = (await dues.DraftAsync()).Version.Id.Value;

        await RefusedAsync("update membership.dues_band set to_value = 98 where regulation_id = @draft and category = 'hospital' and from_value = 0");
        await RefusedAsync("update membership.dues_band set to_value = 100 where regulation_id = @draft and category = 'hospital' and from_value = 0");
        await RefusedAsync("update membership.dues_band set amount = -1 where regulation_id = @draft");
        await RefusedAsync("update membership.dues_rule set minimum = 5000 where regulation_id = @draft and kind = 'rate'");

        Task<PostgresException> RefusedAsync(string sql) => Should.ThrowAsync<PostgresException>(dues.ExecuteAsync(sql, new { draft }));
    }

    [Fact]
    public async Task who_saves_a_rule_that_somebody_changed_meanwhile_is_told()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var seen = await dues.DraftAsync();
        await dues.SaveAsync(seen, new FlatRule("insurer", new Money(2800m)), "office2");

        var conflict = await Should.ThrowAsync<ConcurrentEditException>(dues.SaveAsync(seen, new FlatRule("insurer", new Money(2900m))));
        conflict.Message.ShouldStartWith("Jonas Thull hat diese Regel geändert");
        await dues.SaveAsync(seen, new FlatRule("practice", new Money(130m))); // another rule is nobody's business
        await Should.ThrowAsync<ConcurrentEditException>(dues.InvokeAsync("office", new RemoveRule(seen.Version.Id, seen.Rules["insurer"].Version, "insurer")));

        var now = await dues.VersionAsync(seen.Version.Number);
        now.Regulation.RuleOf("insurer").ShouldBe(new FlatRule("insurer", new Money(2800m)));
        await dues.SaveAsync(now, new FlatRule("insurer", new Money(2900m)));
    }

    [Fact]
    public async Task who_saves_terms_that_somebody_changed_meanwhile_is_told()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var seen = (await dues.DraftAsync()).Version;
        var terms = RegulationTerms.Of(seen);
        await dues.InvokeAsync("office2", new EditRegulation(seen.Id, seen.Version, terms with { ResolvedBy = "Vorstand" }));

        await Should.ThrowAsync<ConcurrentEditException>(dues.InvokeAsync("office", new EditRegulation(seen.Id, seen.Version, terms)));
        (await dues.VersionAsync(seen.Number)).Version.ResolvedBy.ShouldBe("Vorstand");
    }

    [Fact]
    public async Task terms_that_make_no_sense_are_refused_at_their_field()
    {
        await using var dues = await DuesOffice.OpenAsync();
        var seen = (await dues.DraftAsync()).Version;
        var terms = RegulationTerms.Of(seen) with
        {
            ValidTo = new DateOnly(2027, 1, 1),
            Due = new DueRule(2, 30, 400),
            Paragraphs = new("", "§ 2", "§ 3", "§ 4", "§ 5"),
        };

        var refused = await Should.ThrowAsync<ProblemsException>(dues.InvokeAsync("office", new EditRegulation(seen.Id, seen.Version, terms)));

        refused.Problems.Select(p => p.Field).ShouldBe(["ValidTo", "Due", "DaysAfterIssue", "ParagraphDue"]);
    }
}
