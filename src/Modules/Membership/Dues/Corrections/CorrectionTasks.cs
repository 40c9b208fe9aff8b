using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Corrections;

/// <summary>Corrections that wait for a second person, such that were refused, and such that Billing did not finish.</summary>
internal sealed class CorrectionTasks(IMessageBus bus, RefusalRows refusals, TimeProvider clock, IStringLocalizer<CorrectionTexts> texts) : ITodayTask
{
    // Booking takes seconds; after ten minutes a person should look.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        var (decides, asks) = (actor.May(DuesFeature.Approve), actor.May(DuesFeature.Correct));
        if (!decides && !asks)
            return [];
        var rows = new List<TodayRow>();
        foreach (var correction in await bus.QueryAsync(new ListOpenCorrections(refusals.Since), ct))
        {
            var href = MembershipPages.Correction(correction.ChargeId);
            if (correction.Approval.State == ApprovalState.Refused)
            {
                if (asks)
                    rows.Add(refusals.Of(texts["Today.Group"], texts["Today.Subject", correction.Invoice], correction.Approval, href));
            }
            else if (!decides)
                continue;
            else if (correction.Approval.WaitsFor(actor))
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
/// <param name="RefusedSince">Also those that were refused since and not asked for anew; null: none.</param>
[Permission(DuesFeature.Read)]
internal sealed record ListOpenCorrections(DateTimeOffset? RefusedSince = null) : IQuery<IReadOnlyList<DuesCorrection>>;

internal static class ListOpenCorrectionsHandler
{
    public static async Task<IReadOnlyList<DuesCorrection>> HandleAsync(ListOpenCorrections query, MembershipDb db, CancellationToken ct) =>
        await db.Set<DuesCorrection>()
            .AsNoTracking()
            .Where(c =>
                c.State == CorrectionState.Requested
                || c.State == CorrectionState.Released
                || (
                    c.Approval.Refusal != null
                    && c.Approval.EndedAt > query.RefusedSince
                    && !db.Set<DuesCorrection>().Any(n => n.ChargeId == c.ChargeId && n.Approval.AskedAt > c.Approval.AskedAt)
                )
            )
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
