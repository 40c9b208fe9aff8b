using Association.Membership.Data;
using Association.Membership.Dues.Preview;

namespace Association.Membership.Dues.Runs;

/// <summary>Whether an execution still moves.</summary>
internal static class RunProgress
{
    // A chunk takes seconds; after ten minutes without one a person should look.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<bool> StalledAsync(MembershipDb db, DuesRun run, DateTimeOffset now, CancellationToken ct)
    {
        if (run.State != DuesRunState.Executing)
            return false;
        var last = (
            await DuesReading.QueryAsync<DateTime?>(
                db,
                "select max(invoiced_at) from membership.dues_run_chunk where run_id = @Id",
                new { Id = run.Id.Value },
                ct
            )
        ).Single();
        return (last is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : run.ExecutionBeganAt) < now - Patience;
    }
}
