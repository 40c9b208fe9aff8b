using System.Reflection;
using System.Text.RegularExpressions;
using Association.Platform.Data.Settings;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests;

/// <summary>A setting that nothing reads promises what the office does not do: it is shown only when code outside the settings' own pages reads it.</summary>
public sealed class SettingsAreReadTests
{
    // Read through a member of their own record.
    private static readonly Dictionary<string, string> Through = new()
    {
        ["Bookkeeping.FiscalYearMonth"] = nameof(BookkeepingRules.FiscalYearOf),
        ["Languages.French"] = nameof(OfferedLanguages.Codes),
        ["Languages.English"] = nameof(OfferedLanguages.Codes),
        ["Bookkeeping.Income"] = nameof(BookkeepingRules.Income),
        ["Due"] = nameof(OfficeRules.Due),
        ["Numbers"] = nameof(OfficeRules.Numbers),
        ["Mail"] = nameof(OfficeRules.Mail),
    };

    private static readonly string[] Readers =
    [
        .. House
            .Files("src", ".cs", ".razor")
            .Where(f => !f.Contains("/Modules/Office/Settings/", StringComparison.Ordinal) && !f.Contains("/Platform/Data/Settings/", StringComparison.Ordinal))
            .Select(File.ReadAllText),
    ];

    [Fact]
    public void every_setting_that_is_shown_is_read_and_none_that_is_read_is_hidden()
    {
        var fields = Fields(typeof(OfficeRules), "").ToList();
        fields.Count.ShouldBeGreaterThan(15);
        var shown = fields.Where(f => !OfficeRules.Unread.Any(u => f == u || f.StartsWith(u + ".", StringComparison.Ordinal))).ToList();
        shown.Where(f => !IsRead(f)).ShouldBeEmpty("to be read, or named in OfficeRules.Unread and taken off its page");
        OfficeRules.Unread.Where(IsRead).ShouldBeEmpty("to be shown: taken out of OfficeRules.Unread and put onto its page");
    }

    private static bool IsRead(string field)
    {
        var group = field.Split('.')[0];
        var member = Through.FirstOrDefault(t => field == t.Key || field.StartsWith(t.Key + ".", StringComparison.Ordinal)).Value ?? field.Split('.')[^1];
        // The group is named, too: a name such as Day stands for many things.
        return Readers.Any(text =>
            Regex.IsMatch(text, $@"\.{member}\b", RegexOptions.NonBacktracking)
            && text.Contains(group, StringComparison.Ordinal)
            && text.Contains("OfficeRules", StringComparison.Ordinal)
        );
    }

    private static IEnumerable<string> Fields(Type record, string above) =>
        record
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && p.Name != nameof(OfficeRules.Version))
            .SelectMany(p =>
                p.PropertyType.Namespace == record.Namespace && p.PropertyType.IsClass ? Fields(p.PropertyType, $"{above}{p.Name}.") : [above + p.Name]
            );
}
