namespace Association.Events.Planning.Model;

/// <summary>What a new event takes over from an earlier one: all but number, address, stage and history. Days move with the start.</summary>
internal static class PlanCopy
{
    /// <param name="old">The earlier one.</param>
    /// <param name="fresh">The new one, with its own kind, title and times.</param>
    public static EventPlan Of(EventPlan old, EventPlan fresh)
    {
        var days = (int)(fresh.Starts.Date - old.Starts.Date).TotalDays;
        var shift = fresh.Starts - old.Starts;
        var terms = old.Registration;
        var (sessions, tickets) = (Moved(old.Sessions, shift), old.Tickets);
        return fresh with
        {
            Series = old.Series,
            Visibility = old.Visibility,
            Summary = old.Summary,
            Description = old.Description,
            Venue = old.Venue,
            Online = old.Online,
            Rooms = old.Rooms,
            People = [.. old.People.Select(p => p with { Published = false })], // who agreed to last year's page is asked again
            // Sessions and tickets are pools of seats, so the copy has its own.
            Sessions = [.. sessions.Where(s => s.Starts < fresh.Ends && s.Ends <= fresh.Ends).Select(s => s with { Id = Guid.CreateVersion7() })],
            Tickets = [.. tickets.Select(t => t with { Id = Guid.CreateVersion7(), From = t.From?.AddDays(days), Until = t.Until?.AddDays(days) })],
            Checklist = [.. old.Checklist.Select(s => s with { Id = Guid.CreateVersion7(), Due = s.Due?.AddDays(days), DoneOn = null })],
            Registration = terms with
            {
                Opens = Sound(terms.Opens?.AddDays(days)),
                Closes = Sound(terms.Closes?.AddDays(days)),
                CancelUntil = terms.CancelUntil?.AddDays(days),
            },
        };
    }

    /// <summary>The programme of an event that begins at another time.</summary>
    public static IReadOnlyList<Session> Moved(IReadOnlyList<Session> sessions, TimeSpan shift) =>
        [.. sessions.Select(s => s with { Starts = s.Starts + shift, Ends = s.Ends + shift })];

    // A day moved into the night in which the clocks are changed.
    private static DateTime? Sound(DateTime? local) => local is { } time ? time.ToInstant().ToClock() : null;
}
