using Association.Events.Booking.Keeping;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Record;

/// <summary>Takes a session, room, person, ticket or step out of a plan. What people may have registered for stays, once the event is published.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Version">That the person saw.</param>
/// <param name="Part">Its id.</param>
[Permission(PlanningFeature.Manage)]
internal sealed record RemovePart(int Number, uint? Version, Guid Part) : ICommand;

internal static class RemovePartHandler
{
    public static Task<EventPlan?> LoadAsync(RemovePart command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static Problem? Validate(RemovePart command, EventPlan? plan, IStringLocalizer<EventTexts> texts)
    {
        if (PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle)
            return obstacle;
        return plan!.Keeps(command.Part) ? new("", texts["Problem.PartStays"]) : null;
    }

    public static async Task<(EventChanged?, OutgoingMessages)> HandleAsync(
        RemovePart command,
        EventPlan plan,
        IDocumentSession session,
        IUnitOfWork unit,
        BookKeeper keeper,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = Without(plan, command.Part);
        return (PlanEdits.Save(session, plan, now, clock), await keeper.TellAsync(now, unit, session, ct));
    }

    private static EventPlan Without(EventPlan plan, Guid part) =>
        plan with
        {
            Rooms = [.. plan.Rooms.Where(r => r.Id != part)],
            People = [.. plan.People.Where(p => p.Id != part)],
            Tickets = [.. plan.Tickets.Where(t => t.Id != part)],
            Checklist = [.. plan.Checklist.Where(s => s.Id != part)],
            Sessions =
            [
                .. plan
                    .Sessions.Where(s => s.Id != part)
                    .Select(s =>
                        s with
                        {
                            RoomId = s.RoomId == part ? null : s.RoomId,
                            Chairs = [.. s.Chairs.Where(p => p != part)],
                            Speakers = [.. s.Speakers.Where(p => p != part)],
                        }
                    ),
            ],
        };
}
