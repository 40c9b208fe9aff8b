using Microsoft.Extensions.Logging;
using Npgsql;

namespace Association.Platform.Messaging.Delivery;

/// <summary>
/// Shows that this node lives, by a lock that the database lets go in the moment in which its process ends: Wolverine knows a dead node by its silence
/// only, after half a minute.
/// </summary>
internal sealed class NodeLife : IAsyncDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>After so long without a heartbeat a node that lives is taken for frozen.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _ending = new();
    private readonly Guid _id;
    private readonly NpgsqlDataSource _database;
    private readonly ILogger _log;
    private Task _watch = Task.CompletedTask;

    private NodeLife(Guid id, NpgsqlDataSource database, ILogger log) => (_id, _database, _log) = (id, database, log);

    /// <summary>Takes the lock before the node is known to others.</summary>
    public static async Task<NodeLife> BeginAsync(Guid id, NpgsqlDataSource database, ILogger log)
    {
        var life = new NodeLife(id, database, log);
        var connection = await life.LockAsync(CancellationToken.None);
        life._watch = life.WatchAsync(connection);
        return life;
    }

    /// <summary>Lets go what nodes held whose process has ended or has been silent for long.</summary>
    /// <param name="connection">Free.</param>
    /// <param name="self">This node.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task BuryDeadAsync(NpgsqlConnection connection, Guid self, CancellationToken ct)
    {
        // In steps that the planner cannot mix: a lock tried in a plain condition would be tried for rows that are not meant, too.
        await using var command = new NpgsqlCommand(
            """
            with node as materialized (select id, node_number, health_check from messaging.wolverine_nodes where id <> $1),
                 dead as materialized (
                   select id, node_number from node
                    where case when health_check < now() - $2 then true else pg_try_advisory_xact_lock(hashtextextended(id::text, 7078)) end),
                 buried as (delete from messaging.wolverine_nodes n using dead where n.id = dead.id)
            update messaging.wolverine_incoming_envelopes e set owner_id = 0
             where e.owner_id <> 0 and e.owner_id in (
               select distinct owner_id from messaging.wolverine_incoming_envelopes where owner_id <> 0
               except (select node_number from messaging.wolverine_nodes except select node_number from dead))
            """,
            connection
        )
        {
            Parameters =
            {
                new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = self },
                new() { Value = Silence },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _watch;
        _ending.Dispose();
    }

    private async Task<NpgsqlConnection> LockAsync(CancellationToken ct)
    {
        var connection = await _database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("select pg_advisory_lock(hashtextextended($1::text, 7078))", connection)
        {
            Parameters = { new() { Value = _id.ToString() } },
        };
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }

    private async Task WatchAsync(NpgsqlConnection connection)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                while (true)
                {
                    await Task.Delay(Turn, _ending.Token);
                    await using var alive = new NpgsqlCommand("select 1", connection);
                    await alive.ExecuteNonQueryAsync(_ending.Token);
                }
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                break;
            }
            catch (NpgsqlException e)
            {
                _log.LogWarning(e, "This node lost the connection by which others see that it lives");
            }
            await connection.DisposeAsync();
            connection = await AgainAsync() ?? connection;
        }
        if (connection.State == System.Data.ConnectionState.Open)
            await TrailKeeper.EndSuspicionAsync(connection);
        await connection.DisposeAsync();
    }

    private async Task<NpgsqlConnection?> AgainAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                return await LockAsync(_ending.Token);
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
            {
                await Task.Delay(Turn, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        return null;
    }
}
