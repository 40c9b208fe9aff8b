using Association.Platform.Data.Users;

namespace Association.Office.Contracts;

/// <summary>The number beside <em>Heute</em>.</summary>
public interface IOpenTasks
{
    /// <summary>How many tasks are open for a person, those that are put off not counted; it may be a few seconds old.</summary>
    Task<int> CountAsync(Actor actor, CancellationToken ct);
}
