using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Dues.Runs;

/// <summary>All runs, the newest first, and the years for which one can be started.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ListDuesRuns : IQuery<DuesRunList>;

/// <summary>The answer.</summary>
/// <param name="Runs">The newest first.</param>
/// <param name="Years">Years with a regulation in force and somebody to charge, and how many that is.</param>
internal sealed record DuesRunList(IReadOnlyList<DuesRun> Runs, IReadOnlyDictionary<int, int> Years);

internal static class ListDuesRunsHandler
{
    public static async Task<DuesRunList> HandleAsync(ListDuesRuns query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var runs = await db.Set<DuesRun>().AsNoTracking().OrderByDescending(r => r.Year).ThenByDescending(r => r.CreatedAt).ToListAsync(ct);
        var (years, today) = (new SortedDictionary<int, int>(), clock.Today());
        foreach (var year in new[] { today.Year - 1, today.Year, today.Year + 1 })
        {
            if (
                runs.Any(r => r.Kind == DuesKind.Annual && r.Year == year && r.State != DuesRunState.Executed)
                || await Regulations.ValidInAsync(db, year, ct) is not { } regulation
            )
                continue;
            var summary = await PreviewDuesRunHandler.SummariseAsync(db, regulation, year, null, ct);
            if (summary.Charges > 0)
                years.Add(year, summary.Charges);
        }
        return new DuesRunList(runs, years);
    }
}
