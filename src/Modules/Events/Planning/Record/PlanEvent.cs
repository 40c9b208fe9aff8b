using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Record;

/// <summary>Begins the draft of an event, like an earlier one or from nothing.</summary>
/// <param name="Kind">What sort of event.</param>
/// <param name="Title">German is required.</param>
/// <param name="Starts">Clock in Germany.</param>
/// <param name="Ends">Clock in Germany.</param>
/// <param name="Like">Number of the event whose texts, place, programme, tickets and checklist are taken over; their days move with the start.</param>
[Permission(PlanningFeature.Manage)]
internal sealed record PlanEvent(EventKind Kind, Words Title, DateTime Starts, DateTime Ends, int? Like = null) : ICommand;

internal static class PlanEventHandler
{
    /// <summary>The event that is copied; null without one.</summary>
    public static async Task<EventPlan?> LoadAsync(PlanEvent command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        command.Like is { } like ? await PlanEdits.LockAsync(session, unit, like, ct) : null;

    public static IEnumerable<Problem> Validate(PlanEvent command, EventPlan? like, PlanRules rules, IStringLocalizer<EventTexts> texts)
    {
        if (command.Like is not null && like is null)
            yield return new("", texts["Problem.Gone"]);
        foreach (var problem in rules.Text(nameof(command.Title), command.Title.Line(), PlanRules.LongestTitle, required: true))
            yield return problem;
        foreach (var problem in rules.Times(command.Starts, command.Ends, "StartsAt", "EndsAt"))
            yield return problem;
    }

    /// <returns>Its number.</returns>
    public static async Task<int> HandleAsync(
        PlanEvent command,
        EventPlan? like,
        IDocumentSession session,
        IUnitOfWork unit,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var number = await unit.Connection.ExecuteScalarAsync<int>(
            new CommandDefinition("select nextval('events.event_number')::int", transaction: unit.Transaction, cancellationToken: ct)
        );
        var title = command.Title.Line();
        var fresh = new EventPlan
        {
            Id = EventId.New().Value,
            Number = number,
            Slug = await Slugs.FreeAsync(unit, title.De, command.Starts.Year, ct),
            Kind = command.Kind,
            Title = title,
            Starts = command.Starts,
            Ends = command.Ends,
            ChangedAt = clock.GetUtcNow(),
        };
        session.Insert(like is null ? fresh : PlanCopy.Of(like, fresh));
        return number;
    }
}
