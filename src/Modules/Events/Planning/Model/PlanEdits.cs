using System.Globalization;
using Association.Events.Contracts;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Model;

/// <summary>How a plan is changed: its row held, the version compared with what the person saw, the whole stored anew.</summary>
internal static class PlanEdits
{
    /// <summary>The table of the documents.</summary>
    public const string Table = "events.mt_doc_eventplan";

    /// <summary>The plan, its row held until the transaction ends; null when there is none.</summary>
    public static async Task<EventPlan?> LockAsync(IDocumentSession session, IUnitOfWork unit, int number, CancellationToken ct) =>
        await unit.Connection.ExecuteScalarAsync<Guid?>(
            new CommandDefinition(
                "select id from events.mt_doc_eventplan where number = @number for update",
                new { number },
                unit.Transaction,
                cancellationToken: ct
            )
        )
            is { } id
            ? await session.LoadAsync<EventPlan>(id, ct)
            : null;

    /// <summary>What keeps the office from changing the plan; null when nothing does.</summary>
    /// <param name="plan">Held; null when it is gone.</param>
    /// <param name="version">That the person saw; null for who did not look.</param>
    /// <param name="texts">For the sentence.</param>
    /// <exception cref="ConcurrentEditException">Somebody changed it since.</exception>
    public static Problem? Obstacle(EventPlan? plan, uint? version, IStringLocalizer<EventTexts> texts) =>
        plan switch
        {
            null => new Problem("", texts["Problem.Gone"]),
            { Stage: EventStage.Cancelled } => new Problem("", texts["Problem.Cancelled"]),
            _ when version is { } seen && seen != plan.Version => throw new ConcurrentEditException(texts["Problem.Concurrent"])
            {
                Row = (Table, plan.Number.ToString(CultureInfo.InvariantCulture)),
            },
            _ => null,
        };

    /// <summary>Stores the changed plan. A published one tells who listens; another time or place of it also raises its calendar's sequence.</summary>
    public static EventChanged? Save(IDocumentSession session, EventPlan was, EventPlan now, TimeProvider clock)
    {
        var told = was.Stage == EventStage.Published && now.Stage == EventStage.Published;
        session.UpdateRevision(
            now with
            {
                Sequence = told && IsElsewhere(was, now) ? was.Sequence + 1 : now.Sequence,
                ChangedAt = clock.GetUtcNow(),
            },
            was.Version + 1
        );
        return told ? new EventChanged(now.EventId) : null;
    }

    /// <summary>The list with this item in the place of the one with its id, or at the end.</summary>
    public static IReadOnlyList<T> With<T>(this IReadOnlyList<T> items, T item, Func<T, Guid> id) =>
        items.Any(i => id(i) == id(item)) ? [.. items.Select(i => id(i) == id(item) ? item : i)] : [.. items, item];

    private static bool IsElsewhere(EventPlan was, EventPlan now) =>
        (was.Starts, was.Ends, was.Online, Where(was)) != (now.Starts, now.Ends, now.Online, Where(now));

    private static (string?, string?) Where(EventPlan plan) => (plan.Venue?.Name, plan.Venue?.Address);
}
