using Association.Membership.Contracts;
using Association.Membership.Data;

namespace Association.Membership.Dues.Runs;

/// <summary>Runs by their names, for other modules.</summary>
internal sealed class DuesRunNames(MembershipDb db) : IDuesRuns
{
    public async Task<DuesRunId?> FindAsync(string code, CancellationToken ct) => (await DuesRuns.FindAsync(db, code, ct))?.Id;
}
