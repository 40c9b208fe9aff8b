using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Editing;

/// <summary>All of a version but its rules: when it holds, who resolved it, when dues are due, how it numbers its paragraphs.</summary>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidTo">Last day; null: until replaced.</param>
/// <param name="ResolvedBy">„Mitgliederversammlung“; null while the resolution is awaited.</param>
/// <param name="ResolvedOn">Day of the resolution.</param>
/// <param name="Resolution">Its words, or where they stand.</param>
/// <param name="Due">When the annual dues are due.</param>
/// <param name="ProRataByMonths">Whether who joins in the year owes only the months from the month of joining on.</param>
/// <param name="Paragraphs">The version's own numbering.</param>
internal sealed record RegulationTerms(
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string? ResolvedBy,
    DateOnly? ResolvedOn,
    string Resolution,
    DueRule Due,
    bool ProRataByMonths,
    Paragraphs Paragraphs
)
{
    private const int LongestName = 200;
    private const int LongestResolution = 4000;
    private const int LongestParagraph = 20;

    public static RegulationTerms Of(RegulationVersion version) =>
        new(
            version.ValidFrom,
            version.ValidTo,
            version.ResolvedBy,
            version.ResolvedOn,
            version.Resolution,
            new DueRule(version.DueMonth, version.DueDay, version.DaysAfterIssue),
            version.ProRataByMonths,
            new Paragraphs(version.ParagraphDue, version.ParagraphAmount, version.ParagraphProRata, version.ParagraphLeaving, version.ParagraphReduction)
        );

    public void Apply(RegulationVersion version)
    {
        (version.ValidFrom, version.ValidTo) = (ValidFrom, ValidTo);
        (version.ResolvedBy, version.ResolvedOn, version.Resolution) = (ResolvedBy, ResolvedOn, Resolution);
        (version.DueMonth, version.DueDay, version.DaysAfterIssue) = (Due.Month, Due.Day, Due.DaysAfterIssue);
        version.ProRataByMonths = ProRataByMonths;
        (version.ParagraphDue, version.ParagraphAmount, version.ParagraphProRata, version.ParagraphLeaving, version.ParagraphReduction) = Paragraphs;
    }

    /// <summary>What is wrong; the fields are those of the form.</summary>
    public IEnumerable<Problem> Problems(IStringLocalizer<RegulationTexts> texts)
    {
        if (DayProblem(ValidFrom, texts) is { } day)
            yield return new(nameof(ValidFrom), day);
        if (ValidTo < ValidFrom)
            yield return new(nameof(ValidTo), texts["Problem.ValidTo"]);
        if (ResolvedBy is { Length: > LongestName })
            yield return new(nameof(ResolvedBy), texts["Problem.TooLong", LongestName]);
        if (Resolution.Length > LongestResolution)
            yield return new(nameof(Resolution), texts["Problem.TooLong", LongestResolution]);
        if (Due.Month is < 1 or > 12 || Due.Day is < 1 or > 28)
            yield return new(nameof(Due), texts["Problem.Due"]);
        if (Due.DaysAfterIssue is < 0 or > 365)
            yield return new(nameof(Due.DaysAfterIssue), texts["Problem.DaysAfterIssue"]);
        foreach (
            var (field, text) in new[]
            {
                (nameof(Paragraphs.Due), Paragraphs.Due),
                (nameof(Paragraphs.Amount), Paragraphs.Amount),
                (nameof(Paragraphs.ProRata), Paragraphs.ProRata),
                (nameof(Paragraphs.Leaving), Paragraphs.Leaving),
                (nameof(Paragraphs.Reduction), Paragraphs.Reduction),
            }
        )
        {
            if (text.Length is 0 or > LongestParagraph)
                yield return new("Paragraph" + field, texts["Problem.Paragraph", LongestParagraph]);
        }
    }

    /// <summary>A year in which nobody decides about dues is a slip of the finger.</summary>
    public static string? DayProblem(DateOnly day, IStringLocalizer<RegulationTexts> texts) => day.Year is < 1950 or > 2200 ? texts["Problem.Day"].Value : null;
}
