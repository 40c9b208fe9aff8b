using System.Text;
using Association.Membership.Import;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Membership.Import.Reading;
using Association.Platform.Documents.Excel;
using Association.Testing.Files;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>Damaged lists: whatever a file says, it becomes rows with findings, or a sentence.</summary>
public class FuzzTests
{
    private const int Count = 2_000;
    private const int Seed = 20_261_130;
    private const long MostBytes = 200L * 1024 * 1024;
    private static readonly TimeSpan Hangs = TimeSpan.FromMinutes(5); // a bound for what never ends, no measure of speed

    private static readonly string[] Header =
    [
        "Mitgl.-Nr.",
        "Name",
        "Kategorie",
        "Anschrift",
        "PLZ/Ort",
        "Eintritt",
        "Betten",
        "Beitrag 2026",
        "IBAN",
        "E-Mail",
        "Ansprechpartner",
        "Bemerkung",
    ];

    private static readonly string[][] Rows =
    [
        [
            "1",
            "Waldklinik Lebach gGmbH",
            "Krankenhaus",
            "Am Wald 3",
            "66822 Lebach",
            "01.02.2017",
            "120",
            "1.500,00 €",
            "DE39290400900230530419",
            "wald@example.com",
            "Gülay Zimmer / Hans-Jörg Becker (Vertr.)",
            "Rechnung an Träger",
        ],
        [
            "2",
            "Löwen-Apotheke",
            "Apotheke",
            "Heinestr. 7\n66424 Homburg",
            "66424 Homburg",
            "2019",
            "",
            "120",
            "DE20590501010487235609",
            "a(at)example.com",
            "",
            "bitte KEINE Post!",
        ],
        ["3", "Hürter, Katrin", "Privatperson", "", "L-1526 Luxembourg", "12/31/2019", "", "60,-", "", "k@example.com", "", "ermäßigt 50 %"],
        ["", "Summe", "", "", "", "", "120", "1.680,00 €", "", "", "", ""],
    ];

    [Fact]
    public async Task a_damaged_csv_file_becomes_rows_or_a_sentence()
    {
        var lines = new[] { Header }.Concat(Rows).Select(r => string.Join(';', r.Select(c => c.Contains('\n', StringComparison.Ordinal) ? $"\"{c}\"" : c)));
        await EveryMutationIsRead(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), "liste.csv");
    }

    [Fact]
    public async Task a_damaged_xlsx_file_becomes_rows_or_a_sentence()
    {
        using var file = new MemoryStream();
        var columns = new SheetColumns<string[]>();
        for (var at = 0; at < Header.Length; at++)
        {
            var column = at;
            columns.Text(Header[at], row => row[column]);
        }
        await SpreadsheetWriter.WriteAsync(file, "Liste", DateTimeOffset.UnixEpoch, columns, Rows.ToAsyncEnumerable(), CancellationToken.None);
        await EveryMutationIsRead(file.ToArray(), "liste.xlsx");
    }

    [Fact]
    public async Task a_damaged_xls_file_becomes_rows_or_a_sentence() =>
        await EveryMutationIsRead(new OldWorkbook([.. new[] { Header }.Concat(Rows).Select(r => r.Cast<object?>().ToArray())]).Bytes(), "liste.xls");

    private static async Task EveryMutationIsRead(byte[] file, string name)
    {
        Plan(file, name)!.Rows.Count.ShouldBe(3);
        var read = 0;
        await Task.Run(() =>
            {
                foreach (var (damaged, at) in Mutations.Of(file, Count, Seed).Select((bytes, at) => (bytes, at)))
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    try
                    {
                        if (Plan(damaged, name) is { } plan)
                        {
                            read++;
                            plan.Rows.SelectMany(r => r.Findings).ShouldAllBe(f => f.Reason.Say(null).Length > 0);
                            plan.Questions.ShouldAllBe(q => q.Text.Say(null).Length > 0);
                        }
                    }
                    catch (Exception e) when (e is SpreadsheetException or ImportRefusedException)
                    {
                        // refused with a sentence
                    }
                    catch (Exception e)
                    {
                        throw new InvalidOperationException($"Mutation {at} of {name}: {e.Message}", e);
                    }
                    (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes, $"Mutation {at} of {name}");
                }
            })
            .WaitAsync(Hangs);
        read.ShouldBeGreaterThan(Count / 20, "a mutation that is never read tells nothing about reading");
    }

    private static ImportPlan? Plan(byte[] file, string name)
    {
        if (ListTable.Find(ListFile.Read(file, name, CancellationToken.None), Lists.Today.Year) is not { } table)
            return null;
        var mapping = MappingProposal.For(table, MappingChoices.None, MappingChoices.None, Lists.Today.Year);
        return new ImportPlanner(table, mapping, RowDecisions.None, Lists.Today, NeededCounts.Usual).Plan([]);
    }
}
