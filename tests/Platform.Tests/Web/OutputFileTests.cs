using Association.Platform.Data;
using Association.Platform.Web.CommandLine;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

/// <summary>A file of the command line stands whole under its name, or not at all.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("output").FullName;

    private string FilePath => Path.Combine(_folder, "liste.xlsx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task while_it_is_written_the_former_one_stands()
    {
        await File.WriteAllTextAsync(FilePath, "former");
        await OutputFile.WriteAsync(
            FilePath,
            async file =>
            {
                await file.WriteAsync("new"u8.ToArray());
                await file.FlushAsync();
                (await File.ReadAllTextAsync(FilePath)).ShouldBe("former");
            }
        );
        (await File.ReadAllTextAsync(FilePath)).ShouldBe("new");
        Directory.GetFiles(_folder).ShouldBe([FilePath]);
    }

    [Fact]
    public async Task only_its_owner_may_read_what_a_verb_wrote_also_over_one_that_everybody_could()
    {
        await File.WriteAllTextAsync(FilePath, "former");
        File.SetUnixFileMode(FilePath, (UnixFileMode)Convert.ToInt32("644", 8));
        await OutputFile.WriteAsync(FilePath, file => file.WriteAsync("new"u8.ToArray()).AsTask());
        Convert.ToString((int)File.GetUnixFileMode(FilePath), 8).ShouldBe("600");
    }

    [SkippableFact]
    public async Task on_a_full_disk_nothing_half_written_stays_and_the_failure_is_known_for_what_it_is()
    {
        using var disk = SmallDisk.TryMount(kilobytes: 64);
        Skip.If(disk is null, "only root may mount a disk");
        var path = Path.Combine(disk.Folder, "liste.xlsx");
        await File.WriteAllTextAsync(path, "former");

        var failure = await Should.ThrowAsync<IOException>(() => OutputFile.WriteAsync(path, file => file.WriteAsync(new byte[1 << 20]).AsTask()));

        DiskRoom.IsMissingFor(failure).ShouldBeTrue();
        (await File.ReadAllTextAsync(path)).ShouldBe("former");
        Directory.GetFiles(disk.Folder).ShouldBe([path]);
        DiskRoom.IsMissingFor(new IOException("something else")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("53100", true)] // disk_full
    [InlineData("53200", false)] // out_of_memory
    public void a_database_without_memory_is_not_said_to_have_a_full_disk(string state, bool full) =>
        DiskRoom.IsMissingInDatabase(new InvalidOperationException("", new Npgsql.PostgresException("", "ERROR", "ERROR", state))).ShouldBe(full);

    [Fact]
    public async Task when_writing_fails_the_former_one_stays_and_nothing_lies_beside_it()
    {
        await File.WriteAllTextAsync(FilePath, "former");
        await Should.ThrowAsync<IOException>(() => OutputFile.WriteAsync(FilePath, _ => throw new IOException("no room")));
        (await File.ReadAllTextAsync(FilePath)).ShouldBe("former");
        Directory.GetFiles(_folder).ShouldBe([FilePath]);
    }

    [Fact]
    public void one_that_came_meanwhile_is_not_written_over()
    {
        var file = OutputFile.Begin(FilePath);
        File.WriteAllText(FilePath, "somebody else's");
        Should.Throw<IOException>(() => OutputFile.End(file, whole: true, overwrite: false));
        File.ReadAllText(FilePath).ShouldBe("somebody else's");
        Directory.GetFiles(_folder).ShouldBe([FilePath]);
    }
}
