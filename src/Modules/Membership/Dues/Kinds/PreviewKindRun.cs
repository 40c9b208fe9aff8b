using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Kinds;

/// <summary>What an admission fee or a levy would charge now under some terms, and the runs of its kind and year so far. Writes nothing.</summary>
/// <param name="Kind"><see cref="DuesKind.Admission"/> or <see cref="DuesKind.Levy"/>.</param>
/// <param name="Year">Year of the admissions, or of the levy.</param>
/// <param name="Terms">Null: those of the newest run.</param>
[Permission(DuesFeature.Read)]
internal sealed record PreviewKindRun(DuesKind Kind, int Year, DuesTerms? Terms) : IQuery<KindPreview>;

/// <summary>The answer.</summary>
/// <param name="Summary">Of everybody whom it concerns; null without terms.</param>
/// <param name="Runs">The last one first.</param>
internal sealed record KindPreview(DuesSummary? Summary, IReadOnlyList<DuesRun> Runs)
{
    /// <summary>The run that is being worked on; null when none is open.</summary>
    public DuesRun? Open => Runs.FirstOrDefault(r => r.State != DuesRunState.Executed);

    /// <summary>The last one that was executed; null without.</summary>
    public DuesRun? Done => Runs.FirstOrDefault(r => r.State == DuesRunState.Executed);
}

internal static class PreviewKindRunHandler
{
    public static async Task<KindPreview> HandleAsync(PreviewKindRun query, MembershipDb db, IStringLocalizer<KindTexts> texts, CancellationToken ct)
    {
        if (await Regulations.ValidInAsync(db, Math.Clamp(query.Year, 1, 9999), ct) is null)
            throw new ProblemsException(texts["Problem.NoRegulation", query.Year]);
        var runs = await DuesRuns.OfYearAsync(db, query.Year, ct, query.Kind);
        if ((query.Terms ?? runs.FirstOrDefault()?.Terms) is not { } terms)
            return new KindPreview(null, runs);

        var summary = new DuesSummary();
        await foreach (var row in KindCandidates.StreamAsync(db, query.Kind, query.Year, terms, ct))
            summary.Add(row);
        return new KindPreview(summary, runs);
    }
}
