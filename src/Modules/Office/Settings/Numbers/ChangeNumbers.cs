using System.Text.RegularExpressions;
using Association.Office.Settings.Changes;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Numbers;

/// <summary>How new numbers are written; what was issued keeps its number.</summary>
/// <param name="Seen">The version that the form was filled with.</param>
/// <param name="Numbers">What shall hold.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ChangeNumbers(int Seen, NumberRules Numbers) : ICommand;

internal static class ChangeNumbersHandler
{
    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        ChangeNumbers command,
        NumberSeriesInUse used,
        IStringLocalizer<SettingsTexts> texts,
        CancellationToken ct
    ) => [.. NumberFormProblems.Of(command.Numbers, await used.ListAsync(ct), texts)];

    public static Task HandleAsync(ChangeNumbers command, SettingsEdits edits, CancellationToken ct) =>
        edits.SaveAsync(command.Seen, SettingsGroup.Numbers, (OfficeRules rules) => rules with { Numbers = command.Numbers }, ct);
}

/// <summary>The series of all modules.</summary>
internal sealed class NumberSeriesInUse(IEnumerable<INumberSeries> modules)
{
    public async Task<IReadOnlyList<NumberSeriesState>> ListAsync(CancellationToken ct)
    {
        var all = new List<NumberSeriesState>();
        foreach (var module in modules)
            all.AddRange(await module.ListAsync(ct));
        return all;
    }
}

/// <summary>What is wrong with the forms of numbers.</summary>
internal static partial class NumberFormProblems
{
    private const int LeastDigits = 3;
    private const int MostDigits = 8;

    public static IEnumerable<Problem> Of(NumberRules numbers, IReadOnlyList<NumberSeriesState> used, IStringLocalizer<SettingsTexts> texts)
    {
        (string Rule, NumberForm Form, bool IsDocument)[] all =
        [
            (nameof(numbers.Invoices), numbers.Invoices, true),
            (nameof(numbers.Services), numbers.Services, true),
            (nameof(numbers.Cancellations), numbers.Cancellations, true),
            (nameof(numbers.Members), numbers.Members, false),
        ];
        foreach (var (rule, form, isDocument) in all)
        {
            if (isDocument ? !Prefix().IsMatch(form.Prefix) : form.Prefix.Length > 0 && !Prefix().IsMatch(form.Prefix))
                yield return new($"Numbers.{rule}.Prefix", texts["Problem.Prefix"]);
            else if (form.Prefix.Length > 0 && used.FirstOrDefault(s => s.Rule != rule && s.Prefixes.Contains(form.Prefix)) is { } other && !GivenUp(other))
                yield return new($"Numbers.{rule}.Prefix", texts["Problem.PrefixTaken", form.Prefix, other.Document]);
            else if (form.Prefix.Length > 0 && all.Any(a => a.Rule != rule && a.Form.Prefix == form.Prefix))
                yield return new($"Numbers.{rule}.Prefix", texts["Problem.PrefixTwice", form.Prefix]);
            // A series of documents begins anew each year: without it the first number of next year would be that of this one.
            if (!Enum.IsDefined(form.Year) || (isDocument && form.Year == NumberYear.Without))
                yield return new($"Numbers.{rule}.Year", texts["Problem.YearMissing"]);
            var least = isDocument ? LeastDigits : 1;
            if (form.Digits < least || form.Digits > MostDigits)
                yield return new($"Numbers.{rule}.Digits", texts["Problem.Digits", least, MostDigits]);
        }

        // The prefix of members is only a habit: another series may take it once they no longer bear it.
        bool GivenUp(NumberSeriesState other) => other.Rule == nameof(numbers.Members) && !other.Prefixes.Contains(numbers.Members.Prefix);
    }

    [GeneratedRegex("^[A-Z][A-Z0-9]{0,5}$", RegexOptions.NonBacktracking)]
    private static partial Regex Prefix();
}
