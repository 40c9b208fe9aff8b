using System.IO.Compression;
using Association.Platform.Documents.Archive;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Archive;

public sealed class ZipWriterTests
{
    private static readonly DateTimeOffset Created = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task files_come_out_as_they_went_in()
    {
        using var output = new MemoryStream();
        using (var zip = new ZipWriter(output, Created))
        {
            await zip.AddAsync("BR-2026-00001.pdf", "eins"u8.ToArray(), default);
            await zip.AddAsync("../Übersicht: Köln.xlsx", "zwei"u8.ToArray(), default);
            await zip.FinishAsync(default);
        }

        using var read = new ZipArchive(output);
        read.Entries.Select(e => (e.FullName, new StreamReader(e.Open()).ReadToEnd()))
            .ShouldBe([("BR-2026-00001.pdf", "eins"), ("..-Übersicht- Köln.xlsx", "zwei")]);
    }

    [Fact]
    public async Task nothing_is_written_synchronously_because_a_web_server_refuses_it()
    {
        await using var output = new AsyncOnlyStream();
        using var zip = new ZipWriter(output, Created);
        for (var file = 0; file < 3; file++)
            await zip.AddAsync($"{file}.pdf", new byte[100_000], default);
        await zip.FinishAsync(default);

        output.Written.ShouldBeGreaterThan(300_000);
        output.LargestWrite.ShouldBeLessThan(110_000, "one file at a time");
    }
}
