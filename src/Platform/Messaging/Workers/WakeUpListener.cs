using Association.Platform.Messaging.Running;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Messaging.Workers;

/// <summary>The one connection of this process that hears what other processes announce.</summary>
internal sealed class WakeUpListener(NpgsqlDataSource database, WakeUp wakeUp, WorkerPool pool, ILogger<WakeUpListener> log)
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                connection.Notification += (_, notification) => Hear(notification.Payload);
                await using (var listen = new NpgsqlCommand($"listen {WakeUp.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
                while (true) await connection.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Not listening for wake-ups; connecting again in {Wait}, meanwhile the poll finds messages", Reconnect);
                await Task.Delay(Reconnect, ct).ContinueWith(_ => { }, CancellationToken.None);
            }
        }
    }

    private void Hear(string payload)
    {
        var separator = payload.IndexOf(' ', StringComparison.Ordinal);
        if (separator > 0 && payload[..separator] != wakeUp.Process) pool.Wake(payload[(separator + 1)..]);
    }
}
