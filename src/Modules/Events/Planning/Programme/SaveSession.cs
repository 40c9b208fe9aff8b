using Association.Events.Booking.Keeping;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Programme;

/// <summary>Adds a part to the programme, or changes it. Several at once may be, also in one room: that is shown, not refused.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Version">That the person saw.</param>
/// <param name="Session">Of a new id, it is added.</param>
[Permission(PlanningFeature.Manage)]
internal sealed record SaveSession(int Number, uint? Version, Session Session) : ICommand;

internal static class SaveSessionHandler
{
    public static Task<EventPlan?> LoadAsync(SaveSession command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(SaveSession command, EventPlan? plan, PlanRules rules, IStringLocalizer<EventTexts> texts)
    {
        if (PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle)
            return [obstacle];
        var part = Tidy(command.Session, plan!);
        return plan!.Stage == EventStage.Published && !part.Bookable && plan.Sessions.Any(s => s.Id == part.Id && s.Bookable)
            ? rules.Part(part, plan).Append(new Problem(nameof(Session.Bookable), texts["Problem.StaysBookable"]))
            : rules.Part(part, plan);
    }

    public static async Task<(EventChanged?, OutgoingMessages)> HandleAsync(
        SaveSession command,
        EventPlan plan,
        IDocumentSession session,
        IUnitOfWork unit,
        BookKeeper keeper,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = plan with { Sessions = plan.Sessions.With(Tidy(command.Session, plan), s => s.Id) };
        return (PlanEdits.Save(session, plan, now, clock), await keeper.TellAsync(now, unit, session, ct));
    }

    // A break has a title and a time. People who left the event meanwhile are left out.
    private static Session Tidy(Session session, EventPlan plan)
    {
        var known = plan.People.Select(p => p.Id).ToHashSet();
        var people = session.Kind == SessionKind.Session;
        return session with
        {
            Title = session.Title.Line(),
            Chairs = people ? [.. session.Chairs.Where(known.Contains)] : [],
            Speakers = people ? [.. session.Speakers.Where(known.Contains)] : [],
            Bookable = people && session.Bookable,
            Seats = people ? session.Seats : null,
        };
    }
}
