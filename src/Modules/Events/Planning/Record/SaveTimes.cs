using Association.Events.Booking.Keeping;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Record;

/// <summary>When and where an event is, and for whom.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Version">That the person saw.</param>
/// <param name="Starts">Clock in Germany.</param>
/// <param name="Ends">Clock in Germany.</param>
/// <param name="MoveProgramme">Whether the sessions move with the start.</param>
/// <param name="Venue">Null without one.</param>
/// <param name="Online">Whether people can take part from afar.</param>
/// <param name="OnlineLink">May be empty.</param>
/// <param name="Visibility">For whom.</param>
[Permission(PlanningFeature.Manage)]
internal sealed record SaveTimes(
    int Number,
    uint? Version,
    DateTime Starts,
    DateTime Ends,
    bool MoveProgramme,
    Venue? Venue,
    bool Online,
    string OnlineLink,
    Visibility Visibility
) : ICommand;

internal static class SaveTimesHandler
{
    public static Task<EventPlan?> LoadAsync(SaveTimes command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(SaveTimes command, EventPlan? plan, PlanRules rules, IStringLocalizer<EventTexts> texts)
    {
        if (PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle)
            return [obstacle];
        var problems = rules.Times(command.Starts, command.Ends, "StartsAt", "EndsAt").ToList();
        problems.AddRange(rules.Place(Tidy(command.Venue), command.OnlineLink.Trim()));
        if (problems.Count > 0)
            return problems;
        var moved = Moved(command, plan!);
        if (moved.Sessions.FirstOrDefault(s => s.Starts < moved.Starts || s.Ends > moved.Ends) is { } outside)
            problems.Add(
                new(
                    outside.Starts < moved.Starts ? "StartsAt" : "EndsAt",
                    texts["Problem.SessionOutside", outside.Title.De, rules.Span(outside.Starts, outside.Ends)]
                )
            );
        else if (moved.Sessions.FirstOrDefault(s => (ClockTime.Doubt(s.Starts, texts) ?? ClockTime.Doubt(s.Ends, texts)) is not null) is { } night)
            problems.Add(new("StartsAt", texts["Problem.SessionInTheNight", night.Title.De, rules.Span(night.Starts, night.Ends)]));
        return problems.Concat(
            rules.Terms(moved.Registration, moved.Starts, moved.Ends).Select(p => new Problem("StartsOn", texts["Problem.Registration", p.Text]))
        );
    }

    public static async Task<(EventChanged?, OutgoingMessages)> HandleAsync(
        SaveTimes command,
        EventPlan plan,
        IDocumentSession session,
        IUnitOfWork unit,
        BookKeeper keeper,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = Moved(command, plan);
        return (PlanEdits.Save(session, plan, now, clock), await keeper.TellAsync(now, unit, session, ct));
    }

    private static EventPlan Moved(SaveTimes command, EventPlan plan) =>
        plan with
        {
            Starts = command.Starts,
            Ends = command.Ends,
            Venue = Tidy(command.Venue),
            Online = command.Online,
            OnlineLink = command.OnlineLink.Trim(),
            Visibility = command.Visibility,
            Sessions = command.MoveProgramme ? PlanCopy.Moved(plan.Sessions, command.Starts - plan.Starts) : plan.Sessions,
        };

    private static Venue? Tidy(Venue? venue) =>
        venue is null
            ? null
            : new(
                CleanText.Line(venue.Name).Trim(),
                CleanText.Line(venue.Street).Trim(),
                CleanText.Line(venue.PostalCode).Trim(),
                CleanText.Line(venue.Town).Trim(),
                venue.Country.Trim().ToUpperInvariant(),
                venue.Directions.Lines()
            );
}
