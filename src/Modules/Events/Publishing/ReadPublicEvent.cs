using Association.Events.Planning.Model;
using Association.Platform.Messaging;
using Marten;

namespace Association.Events.Publishing;

/// <summary>What the public may know of an event; null when there is none at this address, or not for the public.</summary>
[AnyoneMay("It is the public page: a published event without what is the office's alone, and without names of people who did not agree.")]
internal sealed record ReadPublicEvent(string Slug) : IQuery<EventPlan?>;

internal static class ReadPublicEventHandler
{
    public static async Task<EventPlan?> HandleAsync(ReadPublicEvent query, IQuerySession session, CancellationToken ct) =>
        await session.FindAsync(query.Slug, ct) is { IsPublic: true } plan ? PublicView.Of(plan) : null;
}

/// <summary>All that come, as a calendar shows them, and those of the last year.</summary>
/// <param name="Kind">Null for all.</param>
[AnyoneMay("It is the public calendar.")]
internal sealed record ReadCalendar(EventKind? Kind) : IQuery<IReadOnlyList<EventPlan>>;

internal static class ReadCalendarHandler
{
    private const int Most = 1000;

    public static async Task<IReadOnlyList<EventPlan>> HandleAsync(ReadCalendar query, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddYears(-1).ToClock();
        var found = await session.QueryAsync<EventPlan>(
            $"where stage <> 'Draft' and visibility <> 'Invited' and ends > ? and (? = '' or kind = ?) order by starts, number limit {Most}",
            ct,
            since,
            query.Kind?.ToString() ?? "",
            query.Kind?.ToString() ?? ""
        );
        return [.. found.Select(PublicView.Of)];
    }
}

internal static class PublicView
{
    /// <summary>The plan without what the public does not see.</summary>
    public static EventPlan Of(EventPlan plan)
    {
        var named = plan.People.Where(p => p.Published).ToList();
        var ids = named.Select(p => p.Id).ToHashSet();
        return plan with
        {
            OnlineLink = "",
            Checklist = [],
            People = named,
            Sessions =
            [
                .. plan
                    .Sessions.OrderBy(s => s.Starts)
                    .ThenBy(s => s.Ends)
                    .Select(s => s with { Chairs = [.. s.Chairs.Where(ids.Contains)], Speakers = [.. s.Speakers.Where(ids.Contains)] }),
            ],
        };
    }
}
