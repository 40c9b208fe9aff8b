using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Association.EndToEnd.Tests.CommandLine;
using Association.EndToEnd.Tests.Hosts;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Backups;

/// <summary>The verbs <c>backup</c> and <c>restore</c>, as an operator types them.</summary>
public sealed class BackupVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("association-backups-").FullName;

    /// <summary>An installation with members, an executed run, a payment and a cancellation: what an earlier release left, see <see cref="UpgradeTests"/>.</summary>
    private OfficeProgram Books => OfficeProgram.In(In("books"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("tables")]
    [InlineData("pg_dump")]
    public async Task a_backup_brings_every_row_of_every_table_back(string way)
    {
        await RestoreBooksAsync();
        var written = await Books.RunAsync(["backup", "--out", In("a.backup"), .. way == "tables" ? (string[])["--portable"] : []]);
        Skip.If(written.GetProperty("writtenBy").GetString() != way, "pg_dump is missing: the binaries from npm lack it; apt-get install -y postgresql-client");
        (File.GetUnixFileMode(In("a.backup")) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)).ShouldBe(UnixFileMode.None);

        var elsewhere = OfficeProgram.In(In("elsewhere"));
        await elsewhere.RunAsync("restore", In("a.backup"));

        (await TablesAsync(elsewhere, "copy")).ShouldBe(await TablesAsync(Books, "original"));
        (await elsewhere.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task a_backup_of_the_embedded_database_can_be_restored_to_a_server_of_ones_own_and_back()
    {
        await RestoreBooksAsync();
        await Books.RunAsync("backup", "--portable", "--out", In("a.backup"));
        await using var server = SharedInstallation.On(await TestDatabase.EmptyAsync());
        await server.Program.RunAsync("restore", In("a.backup"));
        await server.Program.RunAsync("backup", "--out", In("b.backup"));

        var back = OfficeProgram.In(In("back"));
        await back.RunAsync("restore", In("b.backup"));
        (await TablesAsync(back, "copy")).ShouldBe(await TablesAsync(Books, "original"));
    }

    [Fact]
    public async Task numbering_goes_on_behind_the_restored_rows()
    {
        await RestoreBooksAsync();
        var paid = await Books.RunAsync("record-payment", "BR-2026-00004", "--amount", "1.00", "--date", "2026-11-20", "--as", "office");
        paid.GetProperty("open").ValueKind.ShouldNotBe(JsonValueKind.Null);
        (await Books.RunAsync("cancel-invoice", "BR-2026-00005", "--reason", "Doppelt", "--as", "office")).ToString().ShouldContain("ST-2026-00002");
        (await Books.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "cut off in the middle", "was cut off" },
        { "without its last byte", "was cut off" },
        { "empty", "was cut off" },
        { "one byte changed", "is damaged" },
        { "a table is missing", "is missing" },
        { "some ZIP file", "no backup of this product" },
        { "a text", "was cut off" },
        { "of a newer release", "data are of a newer one" },
        { "of an unknown format", "format 99" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task a_file_that_is_no_complete_backup_is_refused_before_anything_is_touched(string defect, string reason)
    {
        var file = In("wrong.backup");
        File.Copy(UpgradeTests.Release, file);
        Spoil(file, defect);
        var program = OfficeProgram.In(In("target"));

        var (exit, output, error) = await program.TryAsync("restore", file, "--json");

        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain(reason);
        error.ShouldNotContain("   at "); // no stack
        if (defect != "of a newer release") Directory.Exists(In("target")).ShouldBeFalse();
        else await program.RunAsync("restore", UpgradeTests.Release); // only the database knows the releases; nothing is in the way of the right one
    }

    [Fact]
    public async Task a_restore_overwrites_nothing_and_a_backup_neither()
    {
        await RestoreBooksAsync();
        var before = await TablesAsync(Books, "before");
        (await Books.TryAsync("restore", UpgradeTests.Release)).Error.ShouldContain("holds an association already");
        (await Books.TryAsync("backup", "--out", In("before.backup"))).Error.ShouldContain("is not overwritten");
        (await Books.TryAsync("backup", "--out", In("no/such/a.backup"))).Error.ShouldContain("There is no folder");
        (await OfficeProgram.In(In("empty")).TryAsync("backup", "--out", In("empty.backup"))).Error.ShouldContain("nothing to back up");
        (await TablesAsync(Books, "after")).ShouldBe(before);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.9)]
    [InlineData(1.2)]
    public async Task a_restore_that_is_killed_leaves_nothing_in_the_way_of_the_next(double seconds)
    {
        var program = OfficeProgram.In(In("killed"));
        using (var restoring = program.Start(["restore", UpgradeTests.Release]))
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            await restoring.WaitForExitAsync(patience.Token).ContinueWith(_ => restoring.Kill(), TaskScheduler.Default);
            await restoring.WaitForExitAsync();
        }
        var (exit, _, error) = await program.TryAsync("restore", UpgradeTests.Release);
        if (exit != 0) error.ShouldContain("holds an association already"); // the killed one was faster
        (await program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await program.RunAsync("open-items")).GetArrayLength().ShouldBe(13);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private Task<JsonElement> RestoreBooksAsync() => Books.RunAsync("restore", UpgradeTests.Release);

    /// <summary>Every table with the number and the digest of its rows, as a backup by tables lists them.</summary>
    private async Task<IReadOnlyList<string>> TablesAsync(OfficeProgram program, string name)
    {
        await program.RunAsync("backup", "--portable", "--out", In($"{name}.backup"));
        using var zip = ZipFile.OpenRead(In($"{name}.backup"));
        using var manifest = JsonDocument.Parse(zip.GetEntry("manifest.json")!.Open());
        var tables = manifest.RootElement.GetProperty("tables").EnumerateArray()
            .Select(t => $"{t.GetProperty("schema")}.{t.GetProperty("name")} {t.GetProperty("rows")} {t.GetProperty("entry").GetProperty("sha256")}").ToList();
        tables.Count.ShouldBeGreaterThan(40);
        return tables;
    }

    private static void Spoil(string file, string defect)
    {
        var bytes = File.ReadAllBytes(file);
        switch (defect)
        {
            case "cut off in the middle": File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]); break;
            case "without its last byte": File.WriteAllBytes(file, bytes[..^1]); break;
            case "empty": File.WriteAllBytes(file, []); break;
            case "a text": File.WriteAllText(file, "Sicherung vom Montag"); break;
            case "one byte changed":
                bytes[bytes.Length / 3] ^= 0x20;
                File.WriteAllBytes(file, bytes);
                break;
            case "a table is missing":
                Change(file, zip => zip.GetEntry("tables/billing.invoice")!.Delete());
                break;
            case "some ZIP file":
                Change(file, zip => zip.GetEntry("manifest.json")!.Delete());
                break;
            case "of a newer release":
                ChangeManifest(file, manifest => manifest["migrations"]!.AsArray().Add(new JsonObject { ["schema"] = "billing", ["name"] = "9999_later", ["digest"] = "00" }));
                break;
            case "of an unknown format":
                ChangeManifest(file, manifest => manifest["format"] = 99);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(defect), defect, null);
        }
    }

    private static void Change(string file, Action<ZipArchive> change)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        change(zip);
    }

    private static void ChangeManifest(string file, Action<JsonNode> change) => Change(file, zip =>
    {
        JsonNode manifest;
        using (var read = zip.GetEntry("manifest.json")!.Open()) manifest = JsonNode.Parse(read)!;
        zip.GetEntry("manifest.json")!.Delete();
        change(manifest);
        using var written = zip.CreateEntry("manifest.json").Open();
        JsonSerializer.Serialize(written, manifest);
    });
}
