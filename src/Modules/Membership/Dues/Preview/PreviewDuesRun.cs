using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Preview;

/// <summary>What a run of a year would charge now, and the year's runs so far. Writes nothing.</summary>
[Permission(DuesFeature.Read)]
internal sealed record PreviewDuesRun(int Year) : IQuery<DuesPreview>;

/// <summary>The answer.</summary>
/// <param name="Regulation">The version valid in the year.</param>
/// <param name="Summary">Of everybody who is not yet charged.</param>
/// <param name="Runs">The year's runs, the last one first.</param>
internal sealed record DuesPreview(DuesRegulation Regulation, DuesSummary Summary, IReadOnlyList<DuesRun> Runs)
{
    /// <summary>The run that is being worked on; null when none is open.</summary>
    public DuesRun? Open => Runs.FirstOrDefault(r => r.State != DuesRunState.Executed);
}

internal static class PreviewDuesRunHandler
{
    public static async Task<DuesPreview> HandleAsync(PreviewDuesRun query, MembershipDb db, IStringLocalizer<DuesTexts> texts, CancellationToken ct)
    {
        var regulation = await Regulations.ValidInAsync(db, query.Year, ct) ?? throw new ProblemsException(texts["Problem.NoRegulation", query.Year]);
        return new DuesPreview(regulation, await SummariseAsync(db, regulation, query.Year, null, ct), await DuesRuns.OfYearAsync(db, query.Year, ct));
    }

    public static async Task<DuesSummary> SummariseAsync(MembershipDb db, DuesRegulation regulation, int year, DuesRunId? except, CancellationToken ct)
    {
        var summary = new DuesSummary();
        await foreach (var row in DuesCandidates.StreamAsync(db, regulation, year, except, ct))
            summary.Add(row);
        return summary;
    }
}
