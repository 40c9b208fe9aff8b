using Association.Membership.Data;
using Association.Membership.Members;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;

namespace Association.Membership.Renewals;

/// <summary>What ends within the office's lead times, by day, with what was done about it.</summary>
/// <param name="Kind">Only of this kind; null: all.</param>
[Permission(MembersFeature.Read)]
internal sealed record ListRenewals(RenewalKind? Kind = null) : IQuery<IReadOnlyList<Renewal>>;

internal static class ListRenewalsHandler
{
    public static async Task<IReadOnlyList<Renewal>> HandleAsync(
        ListRenewals query,
        MembershipDb db,
        IOfficeRules rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var deadlines = (await rules.CurrentAsync(await db.ConnectionAsync(ct), ct)).Deadlines;
        var found = await DueRenewals.FindAsync(db, deadlines, clock.Today(), null, ct);
        return query.Kind is { } kind ? [.. found.Where(r => r.Key.Kind == kind)] : found;
    }
}
