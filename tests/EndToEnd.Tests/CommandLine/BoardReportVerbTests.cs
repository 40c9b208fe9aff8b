using System.IO.Compression;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>The board's workbook as a script makes it.</summary>
public sealed class BoardReportVerbTests(OfficeByCommandLine office) : IClassFixture<OfficeByCommandLine>
{
    [Fact]
    public async Task the_report_is_written_as_a_file_and_kept_when_a_person_made_it()
    {
        var file = Path.Combine(office.Files, "bericht.xlsx");

        var answer = await office.RunAsync("board-report", "--from", "2026-01-01", "--to", "2026-12-31", "--out", file);
        answer.GetProperty("kept").GetBoolean().ShouldBeFalse();
        answer.GetProperty("controlsHold").GetBoolean().ShouldBeTrue();
        using (var zip = ZipFile.OpenRead(file))
            zip.Entries.Count(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).ShouldBe(9);

        (await office.RunAsync("board-report", "--out", file, "--as", "board")).GetProperty("kept").GetBoolean().ShouldBeTrue();

        var (exit, _, error) = await office.TryAsync("board-report", "--from", "31.02.2026", "--out", file);
        exit.ShouldNotBe(0);
        error.ShouldContain("--from: „31.02.2026“ ist kein Tag.");
        Directory.GetFiles(office.Files).ShouldHaveSingleItem("no half file is left");
    }
}
