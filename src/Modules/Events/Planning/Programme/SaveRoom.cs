using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Programme;

/// <summary>Adds a room, or changes it.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record SaveRoom(int Number, uint? Version, Room Room) : ICommand;

internal static class SaveRoomHandler
{
    public static Task<EventPlan?> LoadAsync(SaveRoom command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(SaveRoom command, EventPlan? plan, PlanRules rules, IStringLocalizer<EventTexts> texts) =>
        PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle ? [obstacle] : rules.Of(Tidy(command.Room), plan!);

    public static EventChanged? Handle(SaveRoom command, EventPlan plan, IDocumentSession session, TimeProvider clock) =>
        PlanEdits.Save(session, plan, plan with { Rooms = plan.Rooms.With(Tidy(command.Room), r => r.Id) }, clock);

    private static Room Tidy(Room room) => room with { Name = CleanText.Line(room.Name).Trim() };
}
