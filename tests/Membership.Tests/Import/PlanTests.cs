using Association.Membership.Contracts;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

public class PlanTests
{
    private const string Header = "Nr.|Name|Kategorie|Straße|PLZ|Ort|Eintritt|Austritt|IBAN|Mandatsref.|Mandat vom|E-Mail|Bemerkung";

    private static ImportPlan Plan(params string[] rows) => Lists.Typed([Header, .. rows]).Plan();

    [Fact]
    public void the_same_name_in_another_street_is_another_member() =>
        Plan("1|MVZ Saarlouis|Praxis|Kirchweg 12|66740|Saarlouis", "2|MVZ Saarlouis|Praxis|Universitätsstraße 111|66740|Saarlouis")
            .Count(Outcome.New)
            .ShouldBe(2);

    [Fact]
    public void another_name_at_the_same_address_is_another_member() =>
        Plan("1|Praxis Dr. Müller|Praxis|Kirchweg 12|66740|Saarlouis", "2|Rosen-Apotheke|Apotheke|Kirchweg 12|66740|Saarlouis").Count(Outcome.New).ShouldBe(2);

    [Theory]
    [InlineData("Universität Dillingen/Saar – Medizinische Fakultät", "Universitaet Dillingen / Saar - Med. Fakultät")]
    [InlineData("Marienkrankenhaus St. Ingbert gGmbH", "Marien-Krankenhaus Sankt Ingbert")]
    [InlineData("Weiß & Söhne KG", "Weiss und Soehne")]
    [InlineData("Klinik Völklingen gGmbH", "Klinikum Völklingen")]
    [InlineData("Kessler Medizintechnik GmbH", "Keßler Medizintechnik")]
    [InlineData("Kreisverband Homburg e. V.", "Kreisverband Homburg e.V.")]
    public void two_spellings_at_the_same_address_are_a_duplicate(string one, string other)
    {
        var plan = Plan($"1|{one}|Forschung|Europaallee 10|66117|Saarbrücken", $"2|{other}|Forschung|Europa-Allee 10|66117|Saarbrücken");
        plan.Rows[1].Outcome.ShouldBe(Outcome.Duplicate);
        plan.Rows[1].DuplicateOf!.Entry.Of.ShouldBe(2);
    }

    [Fact]
    public void a_person_is_the_same_whichever_name_comes_first()
    {
        var plan = Plan("1|Hürter, Katrin|Privatperson|Heinestraße 7|66424|Homburg", "2|Katrin Huerter|Privatperson|Heinestr. 7|66424|Homburg");
        plan.Rows[1].DuplicateOf!.Reasons.Select(r => r.Key).ShouldBe(["SameName", "SameAddress"]);
    }

    [Fact]
    public void a_couple_with_one_account_and_one_home_are_two_members() =>
        Plan(
                "1|Ney, Petra|Privatperson|Heinestr. 7|66424|Homburg|||DE39290400900230530419",
                "2|Ney, Jürgen|Privatperson|Heinestr. 7|66424|Homburg|||DE39290400900230530419"
            )
            .Count(Outcome.New)
            .ShouldBe(2);

    [Fact]
    public void the_same_account_is_a_duplicate_to_be_decided_by_a_person()
    {
        string[] rows =
        [
            "1|Uniklinik|Krankenhaus|Am Berg 1|66424|Homburg|||DE39290400900230530419",
            "2|Klinikum des Landes|Krankenhaus|Kirrberger Str. 100|66421|Homburg|||DE39 2904 0090 0230 5304 19",
        ];
        Plan(rows).Rows[1].DuplicateOf!.Reasons.Single().Key.ShouldBe("SameIban");
        Lists.Typed([Header, .. rows]).Plan(decisions: RowDecisions.None with { OwnMembers = new HashSet<int> { 3 } }).Count(Outcome.New).ShouldBe(2);
    }

    [Fact]
    public void one_number_for_two_members_is_an_error_and_for_one_typed_twice_a_duplicate()
    {
        var plan = Plan(
            "1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg",
            "1|Waldklinik|Krankenhaus|Am Wald 3|66822|Lebach",
            "1|Loewen-Apotheke|Apotheke||66424|Homburg"
        );
        plan.Rows.Select(r => r.Outcome).ShouldBe([Outcome.New, Outcome.Refused, Outcome.Duplicate]);
        plan.Rows[1].Findings.Single().Reason.ShouldBe(new Reason("NumberTwice", 2));
    }

    [Fact]
    public void a_row_that_cannot_be_a_member_says_why()
    {
        var plan = Plan(
            "1||Apotheke|Heinestr. 7|66424|Homburg",
            "2|Hospizverein|Verein|Heinestr. 8|66424|Homburg",
            "3|Löwen-Apotheke|Apotheke|Heinestr. 9|66424|Homburg|01.01.2020|31.12.2019",
            $"4|{new string('x', 5000)}|Apotheke|Heinestr. 10|66424|Homburg"
        );
        plan.Count(Outcome.Refused).ShouldBe(4);
        plan.Errors.Select(e => e.Finding.Reason.Key).ShouldBe(["NoName", "UnknownCategory", "ExitBeforeEntry", "TooLong"]);
        plan.Accounted().ShouldBe(4);
    }

    [Fact]
    public void a_wrong_value_is_left_out_and_the_row_imported()
    {
        var plan = Plan("1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|31.02.2019||DE39290400900230530418|M-1|01.02.2013|a(at)example.com");
        var row = plan.Rows.Single();
        row.Outcome.ShouldBe(Outcome.New);
        (row.Target!.JoinedOn, row.Target.Iban, row.Target.Email, row.Target.MandateReference, row.Target.Route).ShouldBe(
            (null, null, null, "M-1", PaymentRoute.Transfer)
        );
        row.Findings.Select(f => (f.Field, f.Reason.Key, f.Severity))
            .ShouldBe([
                (MemberField.JoinedOn, "NoSuchDay", Severity.ValueDropped),
                (MemberField.Iban, "IbanCheckDigits", Severity.ValueDropped),
                (MemberField.Email, "EmailSpelledOut", Severity.ValueDropped),
            ]);
    }

    [Fact]
    public void an_entry_in_the_far_future_is_a_mistake() =>
        Plan("1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|01.01.2099").Errors.Single().Finding.Reason.Key.ShouldBe("EntryFarAhead");

    [Fact]
    public void a_complete_mandate_means_direct_debit_unless_the_remark_says_transfer()
    {
        var plan = Plan(
            "1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|||DE39290400900230530419|M-1|01.02.2013",
            "2|Bären-Apotheke|Apotheke|Heinestr. 9|66424|Homburg|||DE73590700700182053503|M-2|01.02.2013||zahlt immer per Überweisung",
            "3|Rosen-Apotheke|Apotheke|Heinestr. 11|66424|Homburg||||M-3|01.02.2013"
        );
        plan.Rows.Select(r => r.Target!.Route).ShouldBe([PaymentRoute.DirectDebit, PaymentRoute.Transfer, PaymentRoute.Transfer]);
        plan.Rows[1].Tasks.Single().Kind.ShouldBe(ClarificationKind.PaymentRoute);
        plan.Rows[2].Findings.Single().Reason.Key.ShouldBe("MandateWithoutIban");
    }

    [Fact]
    public void a_row_without_a_number_gets_the_next_free_one() =>
        Plan("|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg", "41|Waldklinik|Krankenhaus|Am Wald 3|66822|Lebach").Rows[0].Target!.Number.ShouldBe("42");

    [Fact]
    public void the_same_list_again_changes_nothing()
    {
        string[] rows =
        [
            "1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|2017||DE39290400900230530419|M-1|01.02.2013|a(at)example.com|bitte KEINE Post!",
            "2|Bären-Apotheke|Apotheke|Heinestr. 9|66424|Homburg|||DE73590700700182053503|M-2|01.02.2013||zahlt immer per Überweisung",
        ];
        var known = Plan(rows).Rows.Select(r => r.Target!).ToArray();
        var again = Lists.Typed([Header, .. rows]).Plan(known);
        again.Count(Outcome.Unchanged).ShouldBe(2);
        again.Rows.SelectMany(r => r.Tasks).ShouldBeEmpty();
    }

    [Fact]
    public void the_number_is_the_key_and_what_changes_is_named()
    {
        var known = Plan("1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|01.02.2019").Rows.Select(r => r.Target!).ToArray();
        var plan = Lists.Typed(Header, "1|Löwen-Apotheke Homburg|Apotheke||66424|Homburg|01.02.2019").Plan(known);
        plan.Rows.Single().Changes.ShouldBe([new FieldChange(MemberField.Name, "", "Löwen-Apotheke", "Löwen-Apotheke Homburg")]);
        plan.Rows.Single().Target!.Street.ShouldBe("Heinestr. 7"); // an empty cell changes nothing
    }

    [Fact]
    public void a_number_under_which_nothing_else_agrees_is_a_wrong_number()
    {
        var known = Plan("1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg").Rows.Select(r => r.Target!).ToArray();
        var plan = Lists.Typed(Header, "1|Stadt Merzig|Kommune|Kirchweg 3|66663|Merzig").Plan(known);
        plan.Errors.Single().Finding.Reason.ShouldBe(new Reason("NumberOfAnother", "Löwen-Apotheke"));
        Lists.Typed(Header, "1|Apotheke am Markt|Apotheke|Heinestr. 7|66424|Homburg").Plan(known).Count(Outcome.Changed).ShouldBe(1);
    }

    [Fact]
    public void what_the_office_set_by_hand_since_is_not_turned_back_by_an_old_remark()
    {
        var row = "1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|||DE39290400900230530419|M-1|01.02.2013||zahlt immer per Überweisung";
        var known = Plan(row).Rows.Select(r => r.Target! with { Route = PaymentRoute.DirectDebit }).ToArray();
        Lists.Typed(Header, row).Plan(known).Rows.Single().Outcome.ShouldBe(Outcome.Unchanged);
    }

    [Fact]
    public void a_new_number_for_a_member_already_known_is_a_duplicate_of_that_member()
    {
        var known = Plan("1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg").Rows.Select(r => r.Target!).ToArray();
        var plan = Lists.Typed(Header, "99|Loewen Apotheke|Apotheke|Heinestraße 7|66424|Homburg").Plan(known);
        plan.Rows.Single().DuplicateOf!.Entry.Of.ShouldBe("1");
    }

    [Fact]
    public void a_list_without_numbers_finds_its_members_by_name_and_address()
    {
        string[] list = ["Name|Kategorie|Straße|PLZ|Ort|Telefon", "Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|06841 16-0"];
        var known = Lists.Typed(list).Plan().Rows.Select(r => r.Target!).ToArray();
        Lists.Typed(list).Plan(known).Rows.Single().Outcome.ShouldBe(Outcome.Unchanged);
    }

    [Fact]
    public void a_correction_typed_in_the_preview_replaces_the_cell()
    {
        var list = Lists.Typed(Header, "1|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|31.02.2019");
        var decisions = RowDecisions.None with { Cells = new Dictionary<string, string> { ["G2"] = "28.02.2019" } };
        var row = list.Plan(decisions: decisions).Rows.Single();
        (row.Findings.Count, row.Target!.JoinedOn).ShouldBe((0, new DateOnly(2019, 2, 28)));
    }

    [Fact]
    public void a_formula_that_failed_is_an_error_at_its_cell()
    {
        var broken = new ListCell(ListCellKind.Error, "#REF!");
        var plan = Lists
            .Cells(
                [ListCell.Of("Nr."), ListCell.Of("Name"), ListCell.Of("Kategorie"), ListCell.Of("Betten"), ListCell.Of("Beitrag 2026")],
                [Lists.Number(1), ListCell.Of("Waldklinik"), ListCell.Of("Krankenhaus"), broken, broken],
                [Lists.Number(2), broken, ListCell.Of("Krankenhaus"), Lists.Number(12), Lists.Number(100)]
            )
            .Plan();
        plan.Rows.Select(r => r.Outcome).ShouldBe([Outcome.New, Outcome.Refused]);
        plan.Errors.Count().ShouldBe(3);
        plan.Errors.ShouldAllBe(e => e.Finding.Reason == new Reason("FormulaError", "#REF!"));
    }
}
