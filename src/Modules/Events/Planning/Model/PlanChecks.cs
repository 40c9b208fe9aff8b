using Association.Platform.Data.Kernel;

namespace Association.Events.Planning.Model;

/// <summary>Something about a plan that the office should know before the public does.</summary>
/// <param name="Text">Key of the sentence.</param>
/// <param name="Below">The page of the event where it is mended.</param>
/// <param name="Blocks">Whether the event cannot be published with it.</param>
/// <param name="Values">Of the sentence.</param>
internal sealed record PlanCheck(string Text, string Below, bool Blocks, params object[] Values);

/// <summary>What is missing or doubtful.</summary>
internal static class PlanChecks
{
    /// <summary>The worst first.</summary>
    public static IReadOnlyList<PlanCheck> Of(EventPlan plan, DateTimeOffset now) => [.. Found(plan, now).OrderByDescending(c => c.Blocks)];

    private static IEnumerable<PlanCheck> Found(EventPlan plan, DateTimeOffset now)
    {
        if (plan.IsOver(now))
            yield return new("Check.Over", "time", Blocks: true);
        if (plan.Summary.De.Length == 0)
            yield return new("Check.Summary", "texts", Blocks: true);
        if (plan.Venue is null && !plan.Online)
            yield return new("Check.Place", "time", Blocks: true);
        foreach (var session in plan.Sessions.Where(s => s.Starts < plan.Starts || s.Ends > plan.Ends))
            yield return new("Check.Outside", "programme", Blocks: true, session.Title.De);
        if (plan.Tickets.Count == 0)
            yield return new("Check.Tickets", "tickets", Blocks: false);
        if (plan.Online && plan.OnlineLink.Length == 0)
            yield return new("Check.Link", "time", Blocks: false);
        foreach (var language in Words.Languages)
            if (!plan.Title.IsIn(language) || !plan.Summary.IsIn(language) || !plan.Description.IsIn(language))
                yield return new("Check.Language." + language, "texts", Blocks: false);
        if (plan.Description.De.Length == 0)
            yield return new("Check.Description", "texts", Blocks: false);
        foreach (var clash in Clashes.Of(plan))
            yield return new(
                clash.IsRoom ? "Check.RoomTwice" : "Check.PersonTwice",
                "programme",
                Blocks: false,
                clash.What,
                clash.First.Title.De,
                clash.Second.Title.De,
                ClockTime.Short(clash.Second.Starts)
            );
        var silent = plan.People.Where(p => !p.Published && plan.Sessions.Any(s => s.Speakers.Contains(p.Id) || s.Chairs.Contains(p.Id))).ToList();
        if (silent.Count > 0)
            yield return new("Check.Consent", "programme", Blocks: false, new Count(silent.Count));
    }
}
