using System.Globalization;
using Association.Office.Settings.Changes;
using Association.Platform.Web.Components;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Rules;

/// <summary>What can be chosen for a rule, in the reader's language.</summary>
internal static class RuleOptions
{
    /// <summary>January to December, by number.</summary>
    public static IReadOnlyList<SelectOption> Months =>
        [.. Enumerable.Range(1, 12).Select(m => new SelectOption(m.ToString(CultureInfo.InvariantCulture), SettingWords.Month(m)))];

    /// <summary>The values of an enum.</summary>
    public static IReadOnlyList<SelectOption> Of<T>(IStringLocalizer<SettingsTexts> texts)
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => new SelectOption(name, texts["Value." + name]))];
}
