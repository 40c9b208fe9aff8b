namespace Association.Events.Planning.Model;

/// <summary>A room or a person that is needed in two sessions at once. Shown, not forbidden: rooms can be divided, and people look in.</summary>
/// <param name="What">Name of the room or the person.</param>
/// <param name="IsRoom">Or a person.</param>
/// <param name="First">The earlier one.</param>
/// <param name="Second">The one that begins before the first is over.</param>
internal sealed record Clash(string What, bool IsRoom, Session First, Session Second);

/// <summary>Finds them.</summary>
internal static class Clashes
{
    /// <summary>All, in the order of the programme.</summary>
    public static IReadOnlyList<Clash> Of(EventPlan plan)
    {
        var ordered = plan.Sessions.OrderBy(s => s.Starts).ThenBy(s => s.Ends).ToList();
        return
        [
            .. from i in Enumerable.Range(0, ordered.Count)
            from second in ordered.Skip(i + 1).TakeWhile(s => s.Starts < ordered[i].Ends)
            from clash in Between(plan, ordered[i], second)
            select clash,
        ];
    }

    private static IEnumerable<Clash> Between(EventPlan plan, Session first, Session second)
    {
        if (first.RoomId is not null && first.RoomId == second.RoomId && plan.RoomOf(first) is { } room)
            yield return new Clash(room.Name, true, first, second);
        foreach (var person in plan.PeopleOf(PeopleIn(first).Intersect(PeopleIn(second))))
            yield return new Clash(person.Name, false, first, second);
    }

    private static IEnumerable<Guid> PeopleIn(Session session) => session.Chairs.Concat(session.Speakers).Distinct();
}
