using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;
using Npgsql;
using Wolverine.Runtime;
using Wolverine.Transports;

namespace Association.Platform.Messaging.Delivery;

/// <summary>
/// Carries the stored pauses into this node's queues. Wolverine keeps a pause in one process's memory only; that a paused queue's messages are not
/// handled does not rest on this (<see cref="TrailKeeper.EndAsync"/> asks), but it keeps them from being fetched in vain.
/// </summary>
internal sealed class PauseWatch(MessagingModel model, NpgsqlDataSource database)
{
    private static readonly TimeSpan AsLongAsPossible = TimeSpan.FromDays(20); // then it is paused again

    /// <summary>Pauses what was paused and goes on with what was resumed, since the last look.</summary>
    public async Task LookAsync(IWolverineRuntime runtime, CancellationToken ct)
    {
        var paused = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = database.CreateCommand("select queue from messaging.paused_queue"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                paused.Add(reader.GetString(0));

        foreach (var queue in model.Queues)
        {
            if (runtime.Endpoints.FindListenerCircuit(Addresses.Of(queue)) is not { } circuit)
                continue;
            var isPaused = circuit.Status == ListeningStatus.Paused;
            if (paused.Contains(queue) == isPaused)
                continue;
            if (isPaused)
                await ResumeAsync(runtime, circuit, queue, ct);
            else
                await circuit.PauseAsync(AsLongAsPossible);
        }
    }

    // What was stored for this node in the moment of the pause lies in no queue of it.
    private async Task ResumeAsync(IWolverineRuntime runtime, IListenerCircuit circuit, string queue, CancellationToken ct)
    {
        await using (
            var command = database.CreateCommand("update messaging.wolverine_incoming_envelopes set owner_id = 0 where owner_id = $1 and received_at = $2")
        )
        {
            command.Parameters.Add(new() { Value = runtime.DurabilitySettings.AssignedNodeNumber });
            command.Parameters.Add(new() { Value = Addresses.Of(queue).ToString() });
            await command.ExecuteNonQueryAsync(ct);
        }
        await circuit.StartAsync();
    }
}
