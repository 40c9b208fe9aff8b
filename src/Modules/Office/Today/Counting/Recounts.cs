using System.Collections.Concurrent;
using System.Threading.Channels;
using Association.Platform.Data.Users;

namespace Association.Office.Today.Counting;

/// <summary>Counts open tasks anew, one person after the other, beside the requests that asked for it.</summary>
internal sealed class Recounts(IServiceScopeFactory scopes, ILogger<Recounts> log) : BackgroundService
{
    private readonly Channel<Actor> _asked = Channel.CreateUnbounded<Actor>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<UserId, Actor> _waiting = new();

    /// <summary>Asks for a person's count; whoever waits already waits once.</summary>
    public void Ask(Actor actor)
    {
        if (actor.Id is { } id && _waiting.TryAdd(id, actor)) _asked.Writer.TryWrite(actor);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var actor in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = actor;
                await scope.ServiceProvider.GetRequiredService<TodayTasks>().FindAsync(actor, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "Open tasks could not be counted; the next page asks again");
            }
            finally
            {
                _waiting.TryRemove(actor.Id!.Value, out _);
            }
        }
    }
}
