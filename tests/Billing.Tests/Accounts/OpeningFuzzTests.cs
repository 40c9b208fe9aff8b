using System.Globalization;
using System.Text;
using Association.Billing.Accounts.Opening;
using Association.Billing.Accounts.Opening.Reading;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Testing.Files;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Accounts;

/// <summary>Damaged lists of opening balances: whatever a file says, it becomes rows with findings, or a sentence.</summary>
public class OpeningFuzzTests
{
    private const int Count = 2_000;
    private const int Seed = 20_261_130;
    private const long MostBytes = 200L * 1024 * 1024;
    private static readonly TimeSpan Hangs = TimeSpan.FromMinutes(5); // a bound for what never ends, no measure of speed

    private static readonly StringLocalizer<OpeningTexts> Texts = new(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance)
    );

    private static readonly object?[][] Rows =
    [
        ["Mitgliedsnummer", "Name", "Offener Betrag", "Guthaben", "Beleg/Jahr", "Fällig am"],
        ["1", "Waldklinik Lebach gGmbH", "1.500,00 €", null, "BR-2025-17", "15.02.2025"],
        ["2", "Löwen-Apotheke", null, "60,-", "2025", null],
        ["3", "Hürter, Katrin", 120.5, null, "2024", new DateOnly(2024, 2, 15)],
        [null, "Summe", "1.620,50 €", "60,00 €", null, null],
    ];

    [Fact]
    public async Task a_damaged_csv_file_becomes_rows_or_a_sentence() =>
        await EveryMutationIsRead(Encoding.UTF8.GetBytes(string.Join("\r\n", Rows.Select(r => string.Join(';', r.Select(c => Typed(c)))))), "salden.csv");

    [Fact]
    public async Task a_damaged_xls_file_becomes_rows_or_a_sentence() => await EveryMutationIsRead(new OldWorkbook(Rows).Bytes(), "salden.xls");

    [Fact]
    public async Task a_damaged_xlsx_file_becomes_rows_or_a_sentence()
    {
        using var file = new MemoryStream();
        var columns = new SheetColumns<object?[]>();
        for (var at = 0; at < Rows[0].Length; at++)
        {
            var column = at;
            columns.Text((string)Rows[0][at]!, row => Typed(row[column]));
        }
        await SpreadsheetWriter.WriteAsync(file, "Salden", DateTimeOffset.UnixEpoch, columns, Rows.Skip(1).ToAsyncEnumerable(), CancellationToken.None);
        await EveryMutationIsRead(file.ToArray(), "salden.xlsx");
    }

    private static string Typed(object? cell) =>
        cell is DateOnly day ? day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";

    private static async Task EveryMutationIsRead(byte[] file, string name)
    {
        Read(file, name).ShouldBe(3);
        var read = 0;
        await Task.Run(() =>
            {
                foreach (var (damaged, at) in Mutations.Of(file, Count, Seed).Select((bytes, at) => (bytes, at)))
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    try
                    {
                        Read(damaged, name);
                        read++;
                    }
                    catch (Exception e) when (e is SpreadsheetException or ProblemsException)
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

    private static int Read(byte[] file, string name)
    {
        var rows = OpeningRows.Open(SpreadsheetReader.Read(file, name), new DateOnly(2026, 11, 30), Texts);
        var read = rows.Read();
        rows.Findings.ShouldAllBe(f => f.Reason.Length > 0);
        return read.Count;
    }
}
