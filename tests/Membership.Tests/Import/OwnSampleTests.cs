using Association.Membership.Contracts;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>The lists in <c>samples/</c>: laid out quite differently, read the same way.</summary>
public class OwnSampleTests
{
    private static ImportPlan Plan(string name) =>
        ListFile.Read(File.ReadAllBytes(Path.Combine(Path.Combine(Repository.Root, "samples"), name)), name, CancellationToken.None).Plan();

    [Fact]
    public void the_small_german_list_is_read_with_its_mistakes()
    {
        var plan = Plan("mitglieder-klein.xlsx");
        (plan.Rows.Count, plan.Count(Outcome.New), plan.Count(Outcome.Duplicate), plan.Accounted()).ShouldBe((18, 17, 1, 18));
        plan.Errors.Select(e => (e.Row.Listed.Number, e.Finding.Reason.Key))
            .ShouldBe([("2005", "EmailSpelledOut"), ("2007", "IbanCheckDigits"), ("2014", "NotACount")]);
        plan.Rows.Single(r => r.Outcome == Outcome.Duplicate).DuplicateOf!.Reasons.Select(r => r.Key).ShouldBe(["SimilarName", "SameAddress", "SameIban"]);
        plan.Notices.Select(n => n.Finding.Reason.Key).ShouldBe(["YearOnly", "MonthOnly"]);
        plan.Rows.Single(r => r.Listed.Number == "2001").Target!.Route.ShouldBe(PaymentRoute.DirectDebit);
        plan.Rows.Where(r => r.Listed.JoinedOn is null).ShouldBeEmpty();
        plan.Rows.Select(r => r.Listed.PriorDues.Count).ShouldAllBe(n => n == 1);
    }

    [Fact]
    public void a_list_with_english_headers_in_another_order_is_read()
    {
        var plan = Plan("members-english.xlsx");
        plan.Errors.ShouldBeEmpty();
        plan.Rows.Select(r => (r.Target!.Number, r.Target.Category, r.Target.PostalCode, r.Target.Town, r.Target.Country))
            .ShouldBe([
                ("E-1", "hospital", "66822", "Lebach", "DE"),
                ("E-2", "practice", "66424", "Homburg", "DE"),
                ("E-3", "company", "L-1526", "Luxembourg", "LU"),
                ("E-4", "person", "66111", "Saarbrücken", "DE"),
            ]);
        plan.Rows.Select(r => r.Target!.JoinedOn)
            .ShouldBe([new DateOnly(2011, 3, 14), new DateOnly(2017, 3, 3), new DateOnly(2015, 1, 1), new DateOnly(2019, 1, 1)]);
        plan.Rows.Select(r => r.Target!.PriorDues.Single())
            .ShouldBe([(2026, new Money(3500)), (2026, new Money(120)), (2026, new Money(950)), (2026, new Money(60))]);
        (plan.Rows[2].Listed.Contact!.Name, plan.Rows[2].Listed.Deputy, plan.Rows[2].Target!.Measures.Single().Value).ShouldBe(
            ("Marc Weber", "Lise Klein", 130)
        );
        (plan.Rows[1].Target!.Route, plan.Rows[1].Target!.NoPost).ShouldBe((PaymentRoute.DirectDebit, true));
        plan.Ignored.Single().Kind.ShouldBe(RowKind.Total);
    }

    [Fact]
    public void a_french_file_with_the_address_in_one_cell_is_read()
    {
        var plan = Plan("membres.csv");
        plan.Rows.Select(r => (r.Target!.Category, r.Target.Street, r.Target.PostalCode, r.Target.Town, r.Target.Country))
            .ShouldBe([
                ("hospital", "3, rue du Bois", "57600", "Forbach", "FR"),
                ("practice", "8, place du Marché", "57000", "Metz", "FR"),
                ("company", "14, rue des Forges", "L-4002", "Esch-sur-Alzette", "LU"),
                ("person", "2, impasse du Moulin", "57600", "Forbach", "FR"),
            ]);
        plan.Errors.Select(e => e.Finding.Reason.Key).ShouldBe(["EmailSpelledOut", "NoSuchDay"]);
        (plan.Rows[0].Listed.Contact!.Name, plan.Rows[0].Listed.Deputy).ShouldBe(("Claire Meyer", "Paul Muller"));
        plan.Rows[0].Target!.PriorDues.Single().ShouldBe((2026, new Money(1500)));
        plan.Rows[1].Listed.Meaning.NoPost.ShouldBeTrue();
    }
}
