using Association.Events.Booking.Keeping;
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

    public static async Task<(EventChanged?, OutgoingMessages)> HandleAsync(
        SaveRoom command,
        EventPlan plan,
        IDocumentSession session,
        IUnitOfWork unit,
        BookKeeper keeper,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = plan with { Rooms = plan.Rooms.With(Tidy(command.Room), r => r.Id) };
        return (PlanEdits.Save(session, plan, now, clock), await keeper.TellAsync(now, unit, session, ct));
    }

    private static Room Tidy(Room room) => room with { Name = CleanText.Line(room.Name).Trim() };
}
