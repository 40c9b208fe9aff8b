using Association.Events.Booking.Keeping;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Record;

/// <summary>The public may know of the event from now on, at an address that does not change any more.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record PublishEvent(int Number, uint? Version = null) : ICommand;

internal static class PublishEventHandler
{
    public static Task<EventPlan?> LoadAsync(PublishEvent command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(PublishEvent command, EventPlan? plan, TimeProvider clock, IStringLocalizer<EventTexts> texts)
    {
        if (plan is { Stage: EventStage.Published })
            return []; // a second click
        return PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle
            ? [obstacle]
            : PlanChecks.Of(plan!, clock.GetUtcNow()).Where(c => c.Blocks).Select(c => new Problem("", texts[c.Text, c.Values]));
    }

    public static async Task<(EventPublished?, OutgoingMessages)> HandleAsync(
        PublishEvent _,
        EventPlan plan,
        IDocumentSession session,
        IUnitOfWork unit,
        BookKeeper keeper,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (plan.Stage == EventStage.Published)
            return (null, []);
        var now = plan with { Stage = EventStage.Published, PublishedAt = clock.GetUtcNow() };
        PlanEdits.Save(session, plan, now, clock);
        return (new EventPublished(plan.EventId), await keeper.TellAsync(now, unit, session, ct));
    }
}

/// <summary>A published event does not take place. Its page and its calendar entry say so, with the reason.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record CancelEvent(int Number, Words Reason, uint? Version = null) : ICommand;

internal static class CancelEventHandler
{
    public static Task<EventPlan?> LoadAsync(CancelEvent command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(CancelEvent command, EventPlan? plan, PlanRules rules, TimeProvider clock, IStringLocalizer<EventTexts> texts)
    {
        if (PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle)
            return [obstacle];
        if (plan!.Stage == EventStage.Draft)
            return [new("", texts["Problem.NotPublished"])];
        return plan.IsOver(clock.GetUtcNow())
            ? [new("", texts["Problem.Over"])]
            : rules.Text(nameof(command.Reason), command.Reason.Line(), PlanRules.LongestSummary, required: true);
    }

    public static async Task<(EventCancelled, OutgoingMessages)> HandleAsync(
        CancelEvent command,
        EventPlan plan,
        IDocumentSession session,
        IUnitOfWork unit,
        BookKeeper keeper,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        PlanEdits.Save(
            session,
            plan,
            plan with
            {
                Stage = EventStage.Cancelled,
                CancelledAt = clock.GetUtcNow(),
                CancelReason = command.Reason.Line(),
                Sequence = plan.Sequence + 1,
            },
            clock
        );
        return (new EventCancelled(plan.EventId), await keeper.CloseAsync(plan, clock.GetUtcNow(), unit, session, ct));
    }
}

/// <summary>Takes a draft away. What the public knew of stays.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record DeleteDraft(int Number, uint? Version = null) : ICommand;

internal static class DeleteDraftHandler
{
    public static Task<EventPlan?> LoadAsync(DeleteDraft command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static Problem? Validate(DeleteDraft command, EventPlan? plan, IStringLocalizer<EventTexts> texts) =>
        PlanEdits.Obstacle(plan, command.Version, texts) ?? (plan!.Stage == EventStage.Draft ? null : new Problem("", texts["Problem.DeletePublished"]));

    public static void Handle(DeleteDraft _, EventPlan plan, IDocumentSession session) => session.Delete(plan);
}
