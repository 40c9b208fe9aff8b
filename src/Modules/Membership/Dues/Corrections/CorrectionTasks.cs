using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Corrections;

/// <summary>Corrections that wait for a second person, and such that Billing did not finish.</summary>
internal sealed class CorrectionTasks(IMessageBus bus, TimeProvider clock, IStringLocalizer<CorrectionTexts> texts) : ITodayTask
{
    // Booking takes seconds; after ten minutes a person should look.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(DuesFeature.Approve))
            return [];
        var rows = new List<TodayRow>();
        foreach (var correction in await bus.QueryAsync(new ListOpenCorrections(), ct))
        {
            var href = MembershipPages.Correction(correction.ChargeId);
            if (correction.Approval.WaitsFor(actor))
                rows.Add(
                    new TodayRow(
                        texts["Today.Group"],
                        texts["Today.Approve", correction.Invoice],
                        texts["Today.ApproveDetail", correction.Approval.AskedByName!, Formats.Of(correction.OldAmount), Formats.Of(correction.NewAmount)],
                        href,
                        texts["Today.ApproveAction"],
                        Urgency.Now
                    )
                );
            else if (
                correction.State == CorrectionState.Released
                && (correction.Approval.ApprovedAt ?? correction.Approval.AskedAt) < clock.GetUtcNow() - Patience
            )
                rows.Add(
                    new TodayRow(
                        texts["Today.Group"],
                        texts["Today.Stuck", correction.Invoice],
                        texts["Today.StuckDetail"],
                        href,
                        texts["Today.StuckAction"],
                        Urgency.Now
                    )
                );
        }
        return rows;
    }
}

/// <summary>Corrections that are not done, the oldest first.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ListOpenCorrections : IQuery<IReadOnlyList<DuesCorrection>>;

internal static class ListOpenCorrectionsHandler
{
    public static async Task<IReadOnlyList<DuesCorrection>> HandleAsync(ListOpenCorrections _, MembershipDb db, CancellationToken ct) =>
        await db.Set<DuesCorrection>()
            .AsNoTracking()
            .Where(c => c.State == CorrectionState.Requested || c.State == CorrectionState.Released)
            .OrderBy(c => c.Approval.AskedAt)
            .ToListAsync(ct);
}

/// <summary>A corrected charge is voided, its replacement has the amount that was agreed to, and two people signed where they had to.</summary>
internal sealed class CorrectionsHold(OfficeDatabase database) : IVerifyCheck
{
    public string Name => "dues-corrections";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (all, wrong) = await connection.QuerySingleAsync<(long, long)>(
            new CommandDefinition(
                """
                select count(*), count(*) filter (where o.voided_at is null or coalesce(n.amount, 0) <> k.new_amount
                  or (k.needs_second and k.approved_by is null))
                  from membership.dues_correction k join membership.charge o on o.id = k.charge_id left join membership.charge n on n.id = k.replacement_id
                 where k.state in ('released', 'done')
                """,
                cancellationToken: ct
            )
        );
        return new CheckResult(
            wrong == 0,
            wrong == 0 ? $"{all} corrections, each charge replaced once" : $"{wrong} of {all} corrections do not fit their charges"
        );
    }
}
