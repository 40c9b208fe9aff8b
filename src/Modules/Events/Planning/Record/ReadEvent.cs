using Association.Events.Planning.Model;
using Association.Platform.Messaging;
using Marten;

namespace Association.Events.Planning.Record;

/// <summary>The whole plan of an event; null when there is none of this number.</summary>
[Permission(PlanningFeature.Read)]
internal sealed record ReadEvent(int Number) : IQuery<EventPlan?>;

internal static class ReadEventHandler
{
    public static Task<EventPlan?> HandleAsync(ReadEvent query, IQuerySession session, CancellationToken ct) => session.FindAsync(query.Number, ct);
}
