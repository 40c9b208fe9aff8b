using System.Reflection;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>
/// A pattern that goes back in its text can take minutes for one cell of a list. Every pattern of the product is matched without going back
/// (<see cref="RegexOptions.NonBacktracking"/>), whoever wrote the text.
/// </summary>
public sealed partial class PatternTests
{
    /// <summary>Methods whose pattern may go back, each with the reason why its text can be trusted. There is none.</summary>
    private static readonly Dictionary<string, string> Explained = new(StringComparer.Ordinal);

    [Fact]
    public void every_generated_pattern_is_matched_without_going_back()
    {
        var patterns = Assemblies().SelectMany(a => a.GetTypes()).SelectMany(Patterns).ToList();

        patterns.Count.ShouldBeGreaterThan(60);
        GoingBack(patterns).Where(p => !Explained.ContainsKey(p)).ShouldBeEmpty("add RegexOptions.NonBacktracking; without look-arounds and back references");
    }

    [Fact]
    public void every_other_pattern_is_too()
    {
        var sources = House.Files("src", ".cs", ".razor").ToList();

        sources.Count.ShouldBeGreaterThan(500);
        sources.SelectMany(f => GoingBack(File.ReadAllText(f)).Select(s => $"{Path.GetRelativePath(House.Root, f)}: {s}")).ShouldBeEmpty();
    }

    [Fact]
    public void a_generated_pattern_that_goes_back_is_found() =>
        GoingBack(Patterns(typeof(PatternTests))).ShouldContain($"{typeof(PatternTests).FullName}.{nameof(Backtracking)}");

    [Theory]
    [InlineData("var shape = new Regex(@\"^(a+)+$\");", true)]
    [InlineData("private static readonly Regex Shape = new(@\"^(a+)+$\", RegexOptions.CultureInvariant);", true)]
    [InlineData("return Regex.Replace(\n    text,\n    \"a\", \"b\");", true)]
    [InlineData("return Regex.Replace(\n    text,\n    \"a\", \"b\", RegexOptions.NonBacktracking);", false)]
    [InlineData("private static readonly Regex Shape = new(@\"^a$\", RegexOptions.NonBacktracking);", false)]
    [InlineData("private static partial Regex Shape();", false)]
    public void another_pattern_that_goes_back_is_found(string source, bool goesBack) => GoingBack(source).Any().ShouldBe(goesBack);

    private static IEnumerable<Assembly> Assemblies() =>
        House
            .Modules.Concat(House.Contracts)
            .Concat(
                House
                    .Projects()
                    .Where(p => p.Folder.StartsWith("Platform/", StringComparison.Ordinal) && !p.Folder.EndsWith("ExcelNumberFormat", StringComparison.Ordinal))
                    .Select(p => Assembly.Load("Association." + p.Folder.Replace('/', '.')))
            )
            .Append(typeof(Host.Startup.HostComposition).Assembly);

    private static IEnumerable<MethodInfo> Patterns(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(m => m.IsDefined(typeof(GeneratedRegexAttribute)));

    private static IEnumerable<string> GoingBack(IEnumerable<MethodInfo> patterns) =>
        patterns
            .Where(m => !m.GetCustomAttribute<GeneratedRegexAttribute>()!.Options.HasFlag(RegexOptions.NonBacktracking))
            .Select(m => $"{m.DeclaringType!.FullName}.{m.Name}");

    // From where a pattern is made or used at once to the end of the statement.
    private static IEnumerable<string> GoingBack(string source) =>
        Made().Matches(source).Select(m => m.Value).Where(s => !s.Contains("RegexOptions.NonBacktracking", StringComparison.Ordinal));

    [GeneratedRegex(@"(new Regex\(|\bRegex \w+ = new\(|\bRegex\.(IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches)\()(.|\n)*?;[ \t]*(\n|$)")]
    private static partial Regex Made();

    [GeneratedRegex("^(a+)+$")]
    private static partial Regex Backtracking();
}
