using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Association.EndToEnd.Tests.CommandLine;
using Association.EndToEnd.Tests.Hosts;
using Association.Host.Installations;
using Association.Host.Startup;
using Association.Platform.Data.Backups;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Backups;

/// <summary>Files that are no backup, or no whole one.</summary>
public sealed class WrongBackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("association-wrong-").FullName;

    private string Wrong => Path.Combine(_folder, "wrong.backup");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> Defects =>
        new()
        {
            { "cut off in the middle", "was cut off" },
            { "without its last byte", "was cut off" },
            { "empty", "was cut off" },
            { "one byte changed", "is damaged" },
            { "a table is missing", "is missing" },
            { "some ZIP file", "no backup of this product" },
            { "a text", "was cut off" },
            { "of an unknown format", "format 99" },
        };

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task a_file_that_is_no_complete_backup_is_refused_in_a_sentence(string defect, string reason)
    {
        Spoil(defect);

        var refused = await Should.ThrowAsync<BackupException>(async () => (await BackupFile.OpenAsync(Wrong, default)).Dispose());

        Sentences.For(refused, new Invocation(_folder, null, null, Json: false)).ShouldHaveSingleItem().ShouldContain(reason);
    }

    [Fact]
    public async Task the_verb_refuses_it_before_a_data_folder_is_made()
    {
        Spoil("cut off in the middle");

        var (exit, output, error) = await OfficeProgram.In(Path.Combine(_folder, "target")).TryAsync("restore", Wrong, "--json");

        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("was cut off");
        error.ShouldNotContain("   at "); // no stack
        Directory.Exists(Path.Combine(_folder, "target")).ShouldBeFalse();
    }

    [Fact]
    public async Task a_backup_of_a_newer_release_is_refused_and_leaves_nothing_in_the_way_of_the_right_one()
    {
        await using var target = SharedInstallation.On(await TestDatabase.EmptyAsync());
        Spoil("of a newer release"); // only the database knows the releases

        var (exit, output, error) = await target.Program.TryAsync("restore", Wrong, "--own", "--json");

        (exit, output).ShouldBe((1, ""));
        error.ShouldContain("data are of a newer one");
        error.ShouldNotContain("   at ");
        await target.Program.RunAsync("restore", UpgradeTests.Release, "--own");
    }

    private void Spoil(string defect)
    {
        File.Copy(UpgradeTests.Release, Wrong);
        var bytes = File.ReadAllBytes(Wrong);
        switch (defect)
        {
            case "cut off in the middle":
                File.WriteAllBytes(Wrong, bytes[..(bytes.Length / 2)]);
                break;
            case "without its last byte":
                File.WriteAllBytes(Wrong, bytes[..^1]);
                break;
            case "empty":
                File.WriteAllBytes(Wrong, []);
                break;
            case "a text":
                File.WriteAllText(Wrong, "Sicherung vom Montag");
                break;
            case "one byte changed":
                bytes[bytes.Length / 3] ^= 0x20;
                File.WriteAllBytes(Wrong, bytes);
                break;
            case "a table is missing":
                Change(zip => zip.GetEntry("tables/billing.invoice")!.Delete());
                break;
            case "some ZIP file":
                Change(zip => zip.GetEntry("manifest.json")!.Delete());
                break;
            case "of a newer release":
                ChangeManifest(manifest =>
                    manifest["migrations"]!
                        .AsArray()
                        .Add(
                            new JsonObject
                            {
                                ["schema"] = "billing",
                                ["name"] = "9999_later",
                                ["digest"] = "00",
                            }
                        )
                );
                break;
            case "of an unknown format":
                ChangeManifest(manifest => manifest["format"] = 99);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(defect), defect, null);
        }
    }

    private void Change(Action<ZipArchive> change)
    {
        using var zip = ZipFile.Open(Wrong, ZipArchiveMode.Update);
        change(zip);
    }

    private void ChangeManifest(Action<JsonNode> change) =>
        Change(zip =>
        {
            JsonNode manifest;
            using (var read = zip.GetEntry("manifest.json")!.Open())
                manifest = JsonNode.Parse(read)!;
            zip.GetEntry("manifest.json")!.Delete();
            change(manifest);
            using var written = zip.CreateEntry("manifest.json").Open();
            JsonSerializer.Serialize(written, manifest);
        });
}
