using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Web.Localisation;

namespace Association.Membership.Dues.Regulation.Comparing;

/// <summary>What two versions say differently beside the rules. The keys are those of the form's labels.</summary>
internal static class RegulationTermsComparison
{
    public static IEnumerable<TermChange> Changes(RegulationVersion old, RegulationVersion now) =>
        Terms(old).Zip(Terms(now), (before, after) => new TermChange(before.Term, before.Text, after.Text)).Where(c => c.Old != c.New);

    private static IEnumerable<(string Term, string Text)> Terms(RegulationVersion v) =>
        [
            ("ValidFrom", Formats.Of(v.ValidFrom)),
            ("Due", $"{v.DueDay:00}.{v.DueMonth:00}."),
            ("DaysAfterIssue", Formats.Number(v.DaysAfterIssue)),
            ("ProRata", v.ProRataByMonths ? "✓" : "–"),
            ("ParagraphDue", v.ParagraphDue),
            ("ParagraphAmount", v.ParagraphAmount),
            ("ParagraphProRata", v.ParagraphProRata),
            ("ParagraphLeaving", v.ParagraphLeaving),
            ("ParagraphReduction", v.ParagraphReduction),
        ];
}
