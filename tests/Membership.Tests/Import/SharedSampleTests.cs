using Association.Membership.Contracts;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Shouldly;

namespace Association.Membership.Tests.Import;

public class SharedSampleTests
{
    private static ImportPlan Plan(IReadOnlyCollection<MemberState>? known = null) =>
        ListFile.Read(SharedSampleFactAttribute.Read("mitgliederliste-2026.xlsx"), "mitgliederliste-2026.xlsx", CancellationToken.None).Plan(known);

    [SharedSampleFact]
    public void every_row_of_the_sample_is_accounted_for()
    {
        var plan = Plan();
        (plan.Table.Sheet, plan.Table.HeaderRow, plan.Table.AsOf).ShouldBe(("Mitglieder", 4, new DateOnly(2026, 10, 15)));
        plan.Mapping.Columns.ShouldAllBe(c => c.Field != Association.Membership.Import.Mapping.MemberField.None);
        plan.Rows.Count.ShouldBe(187);
        (plan.Count(Outcome.New), plan.Count(Outcome.Duplicate), plan.Accounted()).ShouldBe((186, 1, 187));
        plan.Ignored.ShouldContain(i => i.Kind == RowKind.Total && i.First == 197);
        (plan.Rows.Count + plan.IgnoredCount).ShouldBe(197 - 4);
    }

    [SharedSampleFact]
    public void the_samples_mistakes_are_found()
    {
        var plan = Plan();
        plan.Errors.Select(e => (e.Row.Row, e.Finding.Reason.Key))
            .ShouldBe([
                (9, "EmailSpelledOut"),
                (22, "IbanCheckDigits"),
                (39, "IbanCheckDigits"),
                (90, "IbanCheckDigits"),
                (119, "EmailSpelledOut"),
                (173, "EmailSpelledOut"),
            ]);
        plan.Notices.Count(n => n.Finding.Reason.Key == "YearOnly").ShouldBe(7);
        var twin = plan.Rows.Single(r => r.Outcome == Outcome.Duplicate);
        (twin.Row, twin.DuplicateOf!.Entry.Of).ShouldBe((195, 68));
        plan.Rows.SelectMany(r => r.Tasks)
            .CountBy(t => t.Kind)
            .ToDictionary()
            .ShouldBe(
                new Dictionary<ClarificationKind, int>
                {
                    [ClarificationKind.BillingRecipient] = 30,
                    [ClarificationKind.NoPost] = 25,
                    [ClarificationKind.Reduction] = 24,
                    [ClarificationKind.PaymentRoute] = 14,
                },
                ignoreOrder: true
            );
    }

    [SharedSampleFact]
    public void the_samples_values_are_read_whatever_way_they_are_typed()
    {
        var rows = Plan().Rows.ToDictionary(r => r.Row, r => r.Listed);
        rows.Values.Count(r => r.PriorDues.Count == 1).ShouldBe(187);
        rows[7].PriorDues.ShouldBe([(2026, new Money(1812.37m))]);
        rows[5].JoinedOn.ShouldBe(new DateOnly(2009, 2, 27));
        rows[11].JoinedOn.ShouldBe(new DateOnly(2014, 8, 6));
        (rows[8].PostalCode, rows[12].PostalCode, rows[12].Country, rows[98].PostalCode).ShouldBe(("66440", "L-1526", "LU", "57000"));
        (rows[13].Contact!.Name, rows[13].Deputy, rows[13].Contact!.Function).ShouldBe(("Gülay Zimmer", "Hans-Jörg Becker", FunctionKind.Accounting));
        rows.Values.Count(r => r.Deputy is not null).ShouldBe(37);
        rows.Values.Count(r => r.BuyerReference is not null).ShouldBe(12);
        rows[44].Name.ShouldBe("Stadt Blieskastel");
        rows[23].Email.ShouldBeNull();
        rows[147].Measures.ShouldBeEmpty();
    }

    [SharedSampleFact]
    public void the_sample_a_second_time_changes_nothing()
    {
        var known = Plan().Rows.Where(r => r.Imported).Select(r => r.Target!).ToArray();
        var named = known.Select(m => m with { Contacts = [] }).ToArray();
        Plan(named)
            .Rows.Where(r => r.Outcome == Outcome.Changed)
            .SelectMany(r => r.Changes)
            .ShouldAllBe(c =>
                c.Field == Association.Membership.Import.Mapping.MemberField.Contact || c.Field == Association.Membership.Import.Mapping.MemberField.Deputy
            );
    }
}
