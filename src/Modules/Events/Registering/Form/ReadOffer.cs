using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Marten;

namespace Association.Events.Registering.Form;

/// <summary>What somebody can register for, and what is left of it; null when the public knows of no such event.</summary>
[AnyoneMay("Whoever wants to register sees what is left: numbers alone, of a published event, without what is the office's.")]
internal sealed record ReadOffer(string Slug) : IQuery<EventOffer?>;

/// <summary>The answer.</summary>
/// <param name="Plan">Without people, checklist and the link for taking part.</param>
/// <param name="Seats">Of the event, its sessions and its tickets.</param>
internal sealed record EventOffer(EventPlan Plan, IReadOnlyList<FilledPool> Seats);

internal static class ReadOfferHandler
{
    public static async Task<EventOffer?> HandleAsync(ReadOffer query, IQuerySession session, OfficeDatabase database, CancellationToken ct)
    {
        if (await session.FindAsync(query.Slug, ct) is not { IsPublic: true } plan)
            return null;
        await using var connection = await database.OpenConnectionAsync(ct);
        return new EventOffer(plan with { OnlineLink = "", Checklist = [], People = [] }, await FilledPool.OfAsync(connection, plan.Id, ct));
    }
}
