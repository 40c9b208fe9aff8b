using System.Text;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>Cells as full as Excel lets them be: whatever stands in them, a list is read in one go.</summary>
public sealed class LongCellTests : IClassFixture<ImportOffice>
{
    private const int Fullest = 32_767;
    private static readonly TimeSpan Hangs = TimeSpan.FromMinutes(2); // a bound for what never ends, no measure of speed

    private static readonly MemberField[] Fields = [.. Enum.GetValues<MemberField>().Where(f => f != MemberField.None)];

    private readonly ImportOffice _office;

    public LongCellTests(ImportOffice office) => _office = office;

    [Theory]
    [InlineData(' ')]
    [InlineData('\t')]
    [InlineData('\u00a0')]
    [InlineData('\u3000')]
    [InlineData('\u200b')]
    [InlineData('-')]
    [InlineData('.')]
    [InlineData('1')]
    [InlineData('(')]
    public async Task a_cell_of_32767_characters_holds_up_the_import_in_no_column(char filling)
    {
        var cells = new[] { new string(filling, Fullest), $"X{new string(filling, Fullest - 2)}X", $"1{new string(filling, Fullest - 3)}1€" };
        var rows = Fields.SelectMany((_, at) => cells.Select(cell => Row(at, cell))).ToArray();
        var list = new ListUpload("voll.csv", Encoding.UTF8.GetBytes(string.Join("\r\n", [string.Join(';', Fields), .. rows])))
        {
            Choices = MappingChoices.None with { Columns = Fields.ToDictionary(f => f.ToString(), Code) },
        };

        var plan = await Task.Run(() => _office.PreviewAsync(list)).WaitAsync(Hangs);

        plan.Errors.Count().ShouldBeGreaterThan(0);
        plan.Rows.ShouldAllBe(r => r.Listed == null || r.Listed.Name.Length <= 300);
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('(')]
    [InlineData('2')]
    public async Task a_header_of_32767_characters_holds_up_nothing_either(char filling)
    {
        var header = string.Join(';', Fields.Select(f => $"{f}{new string(filling, Fullest - 20)}X"));
        var list = new ListUpload("kopf.csv", Encoding.UTF8.GetBytes($"Nr;Name;Kategorie;{header}\r\n1;Linden-Apotheke;Apotheke;x\r\n"));

        (await Task.Run(() => _office.PreviewAsync(list)).WaitAsync(Hangs)).Rows.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a  b", "a  b")]
    [InlineData("a   b", "a b")]
    [InlineData("Heinestr. 102\r\n66424 Homburg", "Heinestr. 102\n66424 Homburg")]
    [InlineData("eins  \n  zwei", "eins\nzwei")]
    [InlineData("eins\r\n\r\n\r\nzwei   ", "eins\n\nzwei ")]
    [InlineData("", "")]
    public void runs_of_blanks_are_collapsed_and_lines_stay_lines(string typed, string read) => CellText.Of(typed).ShouldBe(read);

    private static string Code(MemberField field) => field == MemberField.PriorDues ? "priorDues:2026" : field.ToString();

    private static string Row(int column, string cell) =>
        string.Join(
            ';',
            Fields.Select(
                (field, at) =>
                    at == column ? cell
                    : field is MemberField.Name ? "Linden-Apotheke"
                    : field is MemberField.Category ? "Apotheke"
                    : ""
            )
        );
}
