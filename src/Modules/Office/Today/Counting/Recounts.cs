using System.Collections.Concurrent;
using System.Threading.Channels;
using Association.Platform.Data.Users;

namespace Association.Office.Today.Counting;

/// <summary>Counts open tasks anew, one person after the other, beside the requests that asked for it.</summary>
internal sealed class Recounts(IServiceScopeFactory scopes, ILogger<Recounts> log) : BackgroundService
{
    private readonly Channel<Actor> _asked = Channel.CreateUnbounded<Actor>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<UserId, Stage> _stages = new();

    private enum Stage
    {
        Waiting,
        Counting,
        Outdated,
    }

    /// <summary>Asks for a person's count; who waits, or is being counted, is not counted twice.</summary>
    public void Ask(Actor actor)
    {
        if (actor.Id is { } id && _stages.TryAdd(id, Stage.Waiting))
            _asked.Writer.TryWrite(actor);
    }

    /// <summary>Asks for the count of a person who just changed something; a count that is under way may have missed it and is followed by another.</summary>
    public void Changed(Actor actor)
    {
        if (actor.Id is { } id && !_stages.TryUpdate(id, Stage.Outdated, Stage.Counting))
            Ask(actor);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var actor in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            var id = actor.Id!.Value;
            _stages[id] = Stage.Counting;
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
            if (_stages.TryRemove(new(id, Stage.Counting)))
                continue;
            _stages[id] = Stage.Waiting;
            _asked.Writer.TryWrite(actor);
        }
    }
}

/// <summary>Has the tasks of a person counted whose form was taken.</summary>
internal sealed class RecountAfterForms(RequestDelegate next, Recounts recounts)
{
    public async Task InvokeAsync(HttpContext context, CurrentUser user)
    {
        await next(context);
        // A form that was taken leads on; one that was refused is shown again.
        if (HttpMethods.IsPost(context.Request.Method) && context.Response.StatusCode is >= 300 and < 400)
            recounts.Changed(user.Actor);
    }
}
