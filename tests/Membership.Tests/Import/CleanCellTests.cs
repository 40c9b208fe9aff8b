using System.Globalization;
using Association.Membership.Import;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;
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
        var document = ListFile.Read(System.Text.Encoding.UTF8.GetBytes($"{header}\n{row}\n"), "liste.csv", CancellationToken.None);
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

    [Fact]
    public void a_cell_in_which_nothing_can_be_seen_is_empty() =>
        ListFile
            .Read(System.Text.Encoding.UTF8.GetBytes("Nr;Name\n1;\u200b\u200e\n\u200b;\u200e\n2;x\n"), "liste.csv", CancellationToken.None)
            .Sheets[0]
            .Rows.Select(r => (r.Number, r.Cells.Count))
            .ShouldBe([(1, 2), (2, 1), (4, 2)]);

    private static string Unprintable(string text) =>
        string.Concat(
            text.Where(c => c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator)
        );
}
