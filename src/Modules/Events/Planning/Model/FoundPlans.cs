using Marten;

namespace Association.Events.Planning.Model;

/// <summary>Plans by what people call them by.</summary>
internal static class FoundPlans
{
    /// <summary>The plan with this number; null when there is none.</summary>
    public static async Task<EventPlan?> FindAsync(this IQuerySession session, int number, CancellationToken ct) =>
        (await session.QueryAsync<EventPlan>("where number = ?", ct, number)).SingleOrDefault();

    /// <summary>The plan at this public address, published or not; null when there is none.</summary>
    public static async Task<EventPlan?> FindAsync(this IQuerySession session, string slug, CancellationToken ct) =>
        (await session.QueryAsync<EventPlan>("where slug = ?", ct, slug)).SingleOrDefault();
}
