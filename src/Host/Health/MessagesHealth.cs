using Association.Platform.Messaging.Operation;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Association.Host.Health;

/// <summary>Ages of the oldest waiting message beyond which something is wrong. Bound from the section <c>Health</c>.</summary>
internal sealed class MessagesHealthOptions
{
    /// <summary>From this age on the answer says so, and stays 200: the pages work, and taking hosts away would not help.</summary>
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>From this age on the answer is 503. Off by default: a queue stands still on all hosts alike, and a proxy would take them all away.</summary>
    public TimeSpan UnreadyAfter { get; set; } = TimeSpan.MaxValue;
}

/// <summary>Messages that are due are handled. A queue that a person paused is not looked at.</summary>
internal sealed class MessagesHealth(MessageBacklog backlog, IOptionsMonitor<MessagesHealthOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            var queues = await backlog.ReadAsync(ct);
            var late = queues.Where(q => !q.Paused && q.Oldest > options.CurrentValue.LateAfter).OrderByDescending(q => q.Oldest).ToList();
            if (late is [])
                return HealthCheckResult.Healthy(Calm(queues));
            var sentence =
                $"Messages wait too long: {string.Join("; ", late.Select(Describe))}. Is a host running that handles them, and what does the page Nachrichten say?";
            return late[0].Oldest > options.CurrentValue.UnreadyAfter ? HealthCheckResult.Unhealthy(sentence) : HealthCheckResult.Degraded(sentence);
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy("The messages cannot be read from the database.", e);
        }
    }

    private static string Calm(IReadOnlyList<QueueBacklog> queues)
    {
        var paused = queues.Where(q => q.Paused).Select(q => q.Queue).ToList();
        return "Messages are handled in time." + (paused is [] ? "" : $" Paused by a person: {string.Join(", ", paused)}.");
    }

    private static string Describe(QueueBacklog queue) =>
        $"{queue.Queue}: {(queue.Waiting < MessageBacklog.MostCounted ? "" : "more than ")}{queue.Waiting}, the oldest for {(int)queue.Oldest!.Value.TotalMinutes} minutes";
}
