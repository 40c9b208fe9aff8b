using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>What a page asks ends when its reader leaves. The bus sees to that by itself; whatever else a page reads is handed the token of the
/// request.</summary>
public sealed partial class PageTokenTests
{
    [Fact]
    public void no_page_reads_on_for_a_reader_who_left()
    {
        var pages = House.Files("src", ".razor", ".razor.cs").ToList();

        pages.Count.ShouldBeGreaterThan(200);
        pages.SelectMany(f => File.ReadLines(f).Where(ReadsOn).Select(line => $"{Path.GetRelativePath(House.Root, f)}: {line.Trim()}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("running = await Work.RunningAsync(CancellationToken.None);", true)]
    [InlineData("running = await Work.RunningAsync(default);", true)]
    [InlineData("running = await Work.RunningAsync(Context.RequestAborted);", false)]
    [InlineData("view = await Bus.QueryAsync(new ReadToday());", false)]
    public void a_page_that_would_is_found(string line, bool readsOn) => ReadsOn(line).ShouldBe(readsOn);

    private static bool ReadsOn(string line) => line.Contains("CancellationToken.None", StringComparison.Ordinal) || WithoutToken().IsMatch(line);

    [GeneratedRegex(@"\bawait .*(\(|, )default\)")]
    private static partial Regex WithoutToken();
}
