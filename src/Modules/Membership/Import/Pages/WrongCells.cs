using System.Globalization;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Import.Pages;

/// <summary>A line of the table „Zeilen mit Fehler“.</summary>
/// <param name="Cell"><c>N22</c>; only the row where the list has no such column.</param>
/// <param name="Row">In the file.</param>
/// <param name="Member">Its name, or its number.</param>
/// <param name="Field">What the cell should hold.</param>
/// <param name="Typed">What it says.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Imported">Whether the row is imported without the value.</param>
/// <param name="Input">Name of the field „Richtig ist“; null where only the file can be corrected.</param>
/// <param name="IsCategory">The right value is one of the categories.</param>
/// <param name="IsDuplicate">A decision is asked, not a value.</param>
/// <param name="Suggestion">What was probably meant.</param>
internal sealed record WrongCell(
    string Cell,
    int Row,
    string Member,
    string Field,
    string Typed,
    string Reason,
    bool Imported,
    string? Input,
    bool IsCategory,
    bool IsDuplicate,
    string? Suggestion
);

/// <summary>Everything in a plan that a person can put right: wrong cells and probable duplicates, in the order of the list.</summary>
internal static class WrongCells
{
    private const int LongestShown = 36;

    public static IReadOnlyList<WrongCell> Of(ImportPlan plan, IStringLocalizer<ImportTexts> texts)
    {
        var name = plan.Mapping.Column(MemberField.Name) ?? plan.Mapping.Column(MemberField.LastName);
        return [.. plan.Rows.SelectMany(row => Of(row, name, texts))];
    }

    private static IEnumerable<WrongCell> Of(PlannedRow row, ListColumn? name, IStringLocalizer<ImportTexts> texts)
    {
        if (row.DuplicateOf is { } hit)
        {
            var of = hit.Entry.Of is int first ? texts["Wrong.DuplicateOfRow", first] : texts["Wrong.DuplicateOfNumber", hit.Entry.Of];
            yield return new WrongCell(
                At(name, row.Row),
                row.Row,
                row.Listed.Name,
                texts["Wrong.Member"],
                Short(row.Listed.Name),
                $"{of} {hit.Reasons.Say()}",
                false,
                $"dup-{Text(row.Row)}",
                false,
                true,
                null
            );
            yield break;
        }
        foreach (var finding in row.Findings.Where(f => f.Severity != Severity.Notice))
            yield return new WrongCell(
                At(finding.Column, row.Row),
                row.Row,
                row.Listed.Name.Length > 0 ? row.Listed.Name : row.Listed.Number ?? "–",
                texts["Field." + finding.Field],
                Short(finding.Value),
                finding.Reason.Say(),
                row.Imported,
                finding.Column is null ? null : $"cell-{At(finding.Column, row.Row)}",
                finding.Field == MemberField.Category,
                false,
                finding.Suggestion
            );
    }

    private static string At(ListColumn? column, int row) => column?.Letter + Text(row);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= LongestShown ? text : text[..(LongestShown - 1)] + "…";
}
