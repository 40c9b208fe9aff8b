using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Caching.Memory;

namespace Association.Host.Web.Shell;

/// <summary>What the modules say is due for a person.</summary>
internal sealed class TodayTasks(IEnumerable<ITodayTask> tasks, IMemoryCache cache)
{
    // The number beside "Heute" stands on every page; the page itself always asks anew.
    private static readonly TimeSpan CountIsFresh = TimeSpan.FromSeconds(20);

    /// <summary>All rows, most urgent first.</summary>
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        var rows = new List<TodayRow>();
        foreach (var task in tasks) rows.AddRange(await task.FindAsync(actor, ct));
        cache.Set(Key(actor), rows.Count, CountIsFresh);
        return [.. rows.OrderBy(r => r.Urgency).ThenBy(r => r.Due ?? DateOnly.MaxValue)];
    }

    /// <summary>How many there are, at most twenty seconds old.</summary>
    public async Task<int> CountAsync(Actor actor, CancellationToken ct) =>
        cache.TryGetValue(Key(actor), out int count) ? count : (await FindAsync(actor, ct)).Count;

    private static string Key(Actor actor) => $"today {actor.Id}";
}
