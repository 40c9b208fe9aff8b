using Association.Platform.Web.CommandLine;
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
