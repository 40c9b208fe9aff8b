using Association.Membership.Data;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Approval;

/// <summary>A version waits for its second signature; the coming year has none.</summary>
internal sealed class RegulationTasks(IMessageBus bus, RefusalRows refusals, IStringLocalizer<RegulationTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(DuesFeature.Read))
            return [];
        var agenda = await bus.QueryAsync(new ReadRegulationAgenda(), ct);
        var rows = new List<TodayRow>();
        if (actor.May(DuesFeature.Approve))
            rows.AddRange(
                agenda
                    .Waiting.Where(v => v.Approval.WaitsFor(actor))
                    .Select(v => new TodayRow(
                        texts["Today.Group"],
                        texts["Today.Review", v.FirstYear],
                        texts["Today.ReviewDetail", v.Approval.AskedByName!, Formats.Of(v.Approval.AskedAt!.Value)],
                        RegulationUrl.Of(v.Number),
                        texts["Today.ReviewAction"],
                        Urgency.Now
                    ))
            );
        if (actor.May(DuesFeature.Prepare))
            rows.AddRange(
                agenda.Refused.Select(v => refusals.Of(texts["Today.Group"], texts["Today.Subject", v.Number], v.Approval, RegulationUrl.Of(v.Number)))
            );
        if (agenda.YearWithout is { } year && actor.May(DuesFeature.Prepare))
            rows.Add(
                new TodayRow(
                    texts["Today.Group"],
                    texts["Today.Review", year],
                    texts["Today.NoneDetail", year],
                    RegulationUrl.List,
                    texts["Today.NoneAction"],
                    Urgency.Soon,
                    new DateOnly(year, 1, 1)
                )
            );
        return rows;
    }
}

/// <summary>Versions that wait for a signature, and the year for which nothing is resolved.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ReadRegulationAgenda : IQuery<RegulationAgenda>;

/// <summary>The answer.</summary>
/// <param name="Waiting">Submitted versions.</param>
/// <param name="Refused">Drafts that the second person sent back, until they are handed in anew.</param>
/// <param name="YearWithout">This year, or from October on the next, when no version holds in it and none waits; null otherwise.</param>
internal sealed record RegulationAgenda(IReadOnlyList<RegulationVersion> Waiting, IReadOnlyList<RegulationVersion> Refused, int? YearWithout);

internal static class ReadRegulationAgendaHandler
{
    // A general assembly in autumn resolves what holds from January on.
    private const int LookAheadMonth = 10;

    public static async Task<RegulationAgenda> HandleAsync(ReadRegulationAgenda query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var waiting = await db.Set<RegulationVersion>()
            .AsNoTracking()
            .Where(v => v.State == RegulationState.Submitted || (v.State == RegulationState.Draft && v.Approval.Refusal != null))
            .OrderBy(v => v.ValidFrom)
            .ToListAsync(ct);
        var today = clock.Today();
        var first = new DateOnly(today.Month >= LookAheadMonth ? today.Year + 1 : today.Year, 1, 1);
        var covered = await db.Set<RegulationVersion>()
            .AnyAsync(
                v =>
                    (v.State == RegulationState.InForce || v.State == RegulationState.Submitted)
                    && v.ValidFrom <= first
                    && (v.ValidTo == null || v.ValidTo >= first),
                ct
            );
        return new RegulationAgenda(
            [.. waiting.Where(v => v.State == RegulationState.Submitted)],
            [.. waiting.Where(v => v.State == RegulationState.Draft)],
            covered ? null : first.Year
        );
    }
}
