using System.Text;
using System.Text.Json;
using Association.Membership.Import;
using Association.Membership.Import.Cells;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>What only workbooks have: formulas, formats, merged cells, hidden rows, days as numbers.</summary>
public sealed class ExcelCellTests
{
    private const string Header =
        """<row r="1"><c r="A1" t="str"><v>Nr</v></c><c r="B1" t="str"><v>Name</v></c><c r="C1" t="str"><v>Kategorie</v></c><c r="D1" t="str"><v>Straße</v></c><c r="E1" t="str"><v>PLZ</v></c><c r="F1" t="str"><v>Ort</v></c><c r="G1" t="str"><v>Beitrag 2026</v></c></row>""";

    [Fact]
    public void a_formula_that_was_never_computed_is_said_and_never_taken_for_an_empty_cell()
    {
        var plan = Plan(
            Row(2, "Praxis Eins", g: "<c r=\"G2\"><f>60*2</f></c>"),
            Row(3, "Praxis Zwei", g: "<c r=\"G3\"><f>60*2</f><v></v></c>"),
            Row(4, null, b: "<c r=\"B4\"><f>\"Praxis \"&amp;\"Drei\"</f></c>"),
            Row(5, "Praxis Vier", g: "<c r=\"G5\" t=\"str\"><f>IF(1,\"\",2)</f><v></v></c>")
        );

        plan.Errors.Select(e => (e.Finding.Column!.Letter + e.Row.Row, e.Finding.Reason.Key, e.Row.Imported))
            .ShouldBe([("G2", "FormulaNotComputed", true), ("G3", "FormulaNotComputed", true), ("B4", "FormulaNotComputed", false)]);
        plan.Errors.First().Finding.Reason.Say(ReasonTexts.Records).ShouldContain("keinen gespeicherten Wert");
    }

    [Fact]
    public void a_cell_that_is_one_for_several_rows_holds_for_each_of_them()
    {
        var plan = Plan(
            """<mergeCells count="2"><mergeCell ref="D2:D4"/><mergeCell ref="E2:E4"/></mergeCells>""",
            Row(2, "Praxis Eins", d: Text("D2", "Haus 1"), e: Text("E2", "66111")),
            Row(3, "Praxis Zwei", d: "", e: ""),
            Row(4, "Praxis Drei", d: "", e: ""),
            Row(5, "Praxis Vier", d: "", e: "")
        );

        plan.Rows.Select(r => (r.Listed.Street, r.Listed.PostalCode)).ShouldBe([("Haus 1", "66111"), ("Haus 1", "66111"), ("Haus 1", "66111"), (null, null)]);
    }

    [Fact]
    public void a_row_that_excel_hides_is_read_and_said()
    {
        var plan = Plan(
            Row(2, "Praxis Eins"),
            Row(3, "Praxis Zwei").Replace("r=\"3\"", "r=\"3\" hidden=\"1\"", StringComparison.Ordinal),
            Row(4, "Praxis Drei")
        );

        plan.Rows.Count.ShouldBe(3);
        plan.Notices.Select(n => (n.Row.Row, n.Finding.Reason.Key)).ShouldBe([(3, "HiddenRow")]);
    }

    [Fact]
    public void a_member_below_ten_thousand_empty_rows_is_not_lost() =>
        Plan(Row(2, "Praxis Eins"), Row(10_008, "Praxis Zwei"), Row(1_048_576, "Praxis Drei")).Rows.Select(r => r.Row).ShouldBe([2, 10_008, 1_048_576]);

    [Fact]
    public void a_zero_that_a_format_shows_as_a_day_is_no_day()
    {
        DateCell.Read(new ListCell(ListCellKind.Date, "00.01.1900", 0), 2026).Problem!.Key.ShouldBe("NotADate");
        DateCell.Read(new ListCell(ListCellKind.Date, "31.12.1899", 1), 2026).Problem!.Key.ShouldBe("NotADate");
        DateCell.Read(new ListCell(ListCellKind.Date, "01.03.2019", 43525), 2026).Value.ShouldBe(new DateOnly(2019, 3, 1));
    }

    [Fact]
    public void days_of_a_workbook_that_counts_from_1904_are_right_also_where_their_format_was_lost()
    {
        DateCell.Read(new ListCell(ListCellKind.Number, "42063", 42063, From1904: true), 2026).Value.ShouldBe(new DateOnly(2019, 3, 1));
        DateCell.Read(new ListCell(ListCellKind.Text, "42063", From1904: true), 2026).Value.ShouldBe(new DateOnly(2019, 3, 1));
        DateCell.Read(new ListCell(ListCellKind.Number, "2019", 2019, From1904: true), 2026).Value.ShouldBe(new DateOnly(2019, 1, 1));
    }

    [Fact]
    public void a_column_has_one_order_of_day_and_month_or_asks()
    {
        Lists
            .Typed("Nr|Name|Kategorie|Eintritt", "1|Praxis A|Arztpraxis|12/31/2019", "2|Praxis B|Arztpraxis|03/04/2019", "3|Praxis C|Arztpraxis|07/01/20")
            .Plan()
            .Rows.Select(r => r.Listed.JoinedOn)
            .ShouldBe([new DateOnly(2019, 12, 31), new DateOnly(2019, 3, 4), new DateOnly(2020, 7, 1)]);
        Lists
            .Typed("Nr|Name|Kategorie|Eintritt", "1|Praxis A|Arztpraxis|31/12/2019", "2|Praxis B|Arztpraxis|03/04/2019", "3|Praxis C|Arztpraxis|03.04.2019")
            .Plan()
            .Rows.Select(r => r.Listed.JoinedOn)
            .ShouldBe([new DateOnly(2019, 12, 31), new DateOnly(2019, 4, 3), new DateOnly(2019, 4, 3)]);

        var mixed = Lists
            .Typed("Nr|Name|Kategorie|Eintritt", "1|Praxis A|Arztpraxis|31/12/2019", "2|Praxis B|Arztpraxis|12/31/2019", "3|Praxis C|Arztpraxis|03/04/2019")
            .Plan();
        mixed.Rows.Select(r => r.Listed.JoinedOn).ShouldBe([new DateOnly(2019, 12, 31), new DateOnly(2019, 12, 31), null]);
        mixed.Errors.Select(e => (e.Row.Row, e.Finding.Reason.Key)).ShouldBe([(4, "DayOrMonthFirst")]);
    }

    [Fact]
    public void what_a_person_decided_about_rows_can_be_sent_as_json() =>
        JsonSerializer.Deserialize<RowDecisions>("""{"Cells":{"N22":"x"},"OwnMembers":[3,4]}""")!.OwnMembers.ShouldBe([3, 4], ignoreOrder: true);

    [Theory]
    [InlineData("Becker, Jan", "Becker, Jana", Outcome.New)]
    [InlineData("Klein, Christian", "Klein, Christiane", Outcome.New)]
    [InlineData("Maas, Andrea", "Maas, Andreas", Outcome.New)]
    [InlineData("Lang, Martin", "Lang, Martina", Outcome.New)]
    [InlineData("Hürter, Katrin", "Hürter, Kathrin", Outcome.Duplicate)]
    [InlineData("Hürter, Katrin", "Katrin Hürter", Outcome.Duplicate)]
    internal void a_couple_at_one_address_is_two_people(string one, string other, Outcome outcome) =>
        Lists
            .Typed(
                "Nr|Name|Kategorie|Straße|PLZ|Ort",
                $"1|{one}|Privatperson|Gartenweg 5|66111|Saarbrücken",
                $"2|{other}|Privatperson|Gartenweg 5|66111|Saarbrücken"
            )
            .Plan()
            .Rows[1]
            .Outcome.ShouldBe(outcome);

    [Fact]
    public void a_postal_code_whose_format_names_the_country_is_of_that_country()
    {
        PostalCodeCell.Read(new ListCell(ListCellKind.Number, "L-1526", 1526), null).ShouldBe((new CellReading<string>("L-1526"), "LU"));
        PostalCodeCell.Read(new ListCell(ListCellKind.Number, "D-66424", 66424), null).Code.Value.ShouldBe("66424");
    }

    [Fact]
    public void a_day_in_a_column_of_amounts_is_no_amount()
    {
        var plan = Plan(
            Row(2, "Praxis Eins", g: Text("G2", "01.03.2019")),
            Row(3, "Praxis Zwei", g: Text("G3", "1.12.000")),
            Row(4, "Praxis Drei", g: Text("G4", "0,500")),
            Row(5, "Praxis Vier", g: Text("G5", "1.2.3")),
            Row(6, "Praxis Fünf", g: Text("G6", "1.120,00 €"))
        );

        plan.Errors.Select(e => e.Row.Row).ShouldBe([2, 3, 4, 5]);
        plan.Rows[4].Listed.PriorDues.ShouldBe([(2026, new Money(1120))]);
    }

    private static ImportPlan Plan(params string[] rows)
    {
        var after = rows[0].StartsWith("<mergeCells", StringComparison.Ordinal) ? rows[0] : "";
        var data = $"<sheetData>{Header}{string.Concat(rows.Skip(after.Length > 0 ? 1 : 0))}</sheetData>{after}";
        return ListFile.Read(BadInputTests.Workbook(data), "liste.xlsx", CancellationToken.None).Plan();
    }

    private static string Row(int row, string? name, string? b = null, string? d = null, string? e = null, string g = "") =>
        new StringBuilder($"<row r=\"{row}\">")
            .Append(Text($"A{row}", row.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            .Append(b ?? Text($"B{row}", name!))
            .Append(Text($"C{row}", "Arztpraxis"))
            .Append(d ?? Text($"D{row}", $"Weg {row}"))
            .Append(e ?? Text($"E{row}", "66111"))
            .Append(Text($"F{row}", "Saarbrücken"))
            .Append(g)
            .Append("</row>")
            .ToString();

    private static string Text(string at, string text) => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";
}
