using System.Globalization;
using System.Text;
using Association.Membership.Import;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;
using Association.Testing.Files;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

public class CleanCellTests
{
    private const string Unseen = "\u009b\u00ad\u061c\u200b\u200e\u202e\u2028\u2066\ufeff";

    [Fact]
    public void what_nobody_sees_is_in_no_field_of_a_list()
    {
        var fields = Enum.GetValues<MemberField>().Where(f => f is not (MemberField.None or MemberField.LastName or MemberField.FirstName)).ToArray();
        var header = string.Join(';', fields);
        var row = string.Join(';', fields.Select(f => f == MemberField.Category ? "Krankenhaus" : $"A{Unseen}b"));
        var document = ListFile.Read(Encoding.UTF8.GetBytes($"{header}\n{row}\n"), "liste.csv", CancellationToken.None);
        var chosen = MappingChoices.None with
        {
            Columns = fields.ToDictionary(f => f.ToString(), f => f == MemberField.PriorDues ? "priorDues:2026" : f.ToString()),
        };

        var plan = document.Plan(chosen: chosen);

        var listed = plan.Rows.ShouldHaveSingleItem().Listed;
        listed.Name.ShouldStartWith("A");
        foreach (var property in listed.GetType().GetProperties().Where(p => p.PropertyType == typeof(string)))
            Unprintable((string?)property.GetValue(listed) ?? "").ShouldBe("", property.Name);
        foreach (var finding in plan.Rows[0].Findings)
            Unprintable(finding.Value).ShouldBe("", finding.Field.ToString());
        plan.Notices.Where(n => n.Finding.Reason.Key == "Unseen").Select(n => n.Finding.Field).ShouldBe(fields.Where(f => f != MemberField.Category));
    }

    [Fact]
    public void the_preview_says_what_a_cleaned_cell_was_and_became()
    {
        var plan = Lists.Typed("Nr|Name|Kategorie|Ort", "1|Mül\u200bler\u202e GmbH|Unternehmen|Merzig", "2|Café Noir|Unternehmen|Merzig").Plan();

        var (row, finding) = plan.Notices.ShouldHaveSingleItem();
        (row.Row, finding.Column!.Letter, finding.Field).ShouldBe((2, "B", MemberField.Name));
        row.Target!.Name.ShouldBe("Müller GmbH");
        finding
            .Reason.Say(CultureInfo.GetCultureInfo("de"))
            .ShouldBe("Hier standen Zeichen, die man nicht sieht: „Mül[U+200B]ler[U+202E] GmbH“. Eingespielt wird „Müller GmbH“.");
    }

    [Theory]
    [InlineData("liste.csv")]
    [InlineData("liste.xlsx")]
    [InlineData("liste.xls")]
    public void a_cleaned_cell_of_a_file_is_told_with_what_it_was_and_what_it_became(string name)
    {
        string[][] rows =
        [
            ["Nr", "Name", "Kategorie", "Straße", "Bemerkung"],
            ["1", "Mül\u200bler\u202e GmbH", "Unternehmen", "Am\u00adWald 4", "ruft\tan"],
            ["2", "Café \U0001F600 Noir", "Unternehmen", "Gasse 1", "erste\r\nzweite"],
        ];

        var plan = ListFile.Read(File(name, rows), name, CancellationToken.None).Plan();

        plan.Notices.Where(n => n.Finding.Reason.Key == "Unseen")
            .Select(n => (n.Finding.Column!.Letter + n.Row.Row, n.Finding.Reason.Say(ReasonTexts.Records)))
            .ShouldBe([
                ("B2", "Hier standen Zeichen, die man nicht sieht: „Mül[U+200B]ler[U+202E] GmbH“. Eingespielt wird „Müller GmbH“."),
                ("D2", "Hier standen Zeichen, die man nicht sieht: „Am[U+00AD]Wald 4“. Eingespielt wird „AmWald 4“."),
            ]);
        plan.Rows.Select(r => r.Listed.Remark).ShouldBe(["ruft an", "erste\nzweite"]);
    }

    [Fact]
    public void a_cell_in_which_nothing_can_be_seen_is_empty() =>
        ListFile
            .Read(Encoding.UTF8.GetBytes("Nr;Name\n1;\u200b\u200e\n\u200b;\u200e\n2;x\n"), "liste.csv", CancellationToken.None)
            .Sheets[0]
            .Rows.Select(r => (r.Number, r.Cells.Count))
            .ShouldBe([(1, 2), (2, 1), (4, 2)]);

    private static byte[] File(string name, string[][] rows) =>
        Path.GetExtension(name) switch
        {
            ".csv" => Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(r => string.Join(';', r.Select(c => $"\"{c}\""))))),
            ".xls" => new OldWorkbook(rows).Bytes(),
            _ => BadInputTests.Workbook(
                $"<sheetData>{string.Concat(rows.Select((r, at) => $"<row r=\"{at + 1}\">{string.Concat(r.Select((c, column) => Cell($"{(char)('A' + column)}{at + 1}", c)))}</row>"))}</sheetData>"
            ),
        };

    private static string Cell(string at, string text) => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

    private static string Unprintable(string text) =>
        string.Concat(
            text.Where(c => c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator)
        );
}
