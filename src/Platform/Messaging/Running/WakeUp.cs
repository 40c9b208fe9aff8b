using System.Collections.Concurrent;
using Association.Platform.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Messaging.Running;

/// <summary>
/// Tells workers that there is something to do: those of this process at once, other processes by <c>pg_notify</c>.
/// </summary>
/// <remarks>
/// Only a hint; the poll guarantees delivery. Sent after the commit and from a connection of its own, because a notification inside the
/// sender's transaction makes all committing senders queue for one lock. Many hints become one.
/// </remarks>
internal sealed class WakeUp(BusConnections connections, ILogger<WakeUp> log)
{
    public const string Channel = "association_messaging";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly ConcurrentDictionary<string, bool> _queues = new(StringComparer.Ordinal);
    private int _sending;

    /// <summary>Marks the notifications of this process, whose workers know already.</summary>
    public string Process { get; } = Guid.CreateVersion7().ToString("n");

    /// <summary>A queue of this process has a new message.</summary>
    public event Action<string>? Announced;

    /// <summary>Something for these queues was committed.</summary>
    public void Announce(IReadOnlyCollection<string> queues)
    {
        if (queues.Count == 0) return;
        foreach (var queue in queues)
        {
            _queues[queue] = true;
            Announced?.Invoke(queue);
        }
        if (Interlocked.Exchange(ref _sending, 1) == 0) _ = SendAsync();
    }

    private async Task SendAsync()
    {
        do
        {
            try
            {
                while (!_queues.IsEmpty)
                {
                    string[] queues = [.. _queues.Keys];
                    foreach (var queue in queues) _queues.TryRemove(queue, out _);
                    await using (var command = connections.Database.CreateCommand($"select pg_notify('{Channel}', $1 || ' ' || q) from unnest($2) as q"))
                    {
                        command.Parameters.Add(new() { Value = Process });
                        command.Parameters.Add(new() { Value = queues });
                        await command.ExecuteNonQueryAsync();
                    }
                    await Task.Delay(Pause);
                }
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                _queues.Clear();
                log.LogDebug(e, "No wake-up was sent; the poll finds the messages");
            }
            Volatile.Write(ref _sending, 0);
        }
        while (!_queues.IsEmpty && Interlocked.Exchange(ref _sending, 1) == 0);
    }
}
