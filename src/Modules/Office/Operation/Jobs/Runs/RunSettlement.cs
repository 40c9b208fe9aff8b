using Association.Platform.Data;
using Association.Platform.Messaging.Operation;
using Dapper;
using Npgsql;

namespace Association.Office.Operation.Jobs.Runs;

/// <summary>
/// Writes down how runs ended, as the bus tells it. A run is over when every message that it caused is; it failed when one of them is a dead letter. A
/// dead letter that is replayed or discarded later changes the end of its run.
/// </summary>
/// <remarks>Any number of hosts may do this at once; they all write the same.</remarks>
internal sealed class RunSettlement(OfficeDatabase database, MessageTrails trails)
{
    // After this time a dead letter that was replayed no longer changes what is written of its run.
    private static readonly TimeSpan Reconsidered = TimeSpan.FromDays(30);

    /// <summary>Writes down what ended since.</summary>
    /// <returns>Whether runs are still going on.</returns>
    public async Task<bool> SettleAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var runs = (
            await connection.QueryAsync<UnsettledRun>(
                new CommandDefinition(
                    """
                    select id as "Id", correlation_id as "Correlation", started_at as "StartedAt", state as "State" from operation.job_run
                     where state in ('open', 'failed') and (state = 'open' or started_at > now() - @Reconsidered)
                    """,
                    new { Reconsidered },
                    cancellationToken: ct
                )
            )
        ).AsList();
        if (runs.Count == 0)
            return false;
        var found = await trails.FollowAsync([.. runs.Select(r => r.Correlation)], runs.Min(r => r.StartedAt), ct);
        var open = false;
        foreach (var run in runs)
        {
            var end = RunEnd.Of(found.GetValueOrDefault(run.Correlation));
            open |= end is null;
            if ((end?.State ?? RunState.Open) != run.State)
                await WriteAsync(connection, run, end, ct);
        }
        return open;
    }

    private static Task<int> WriteAsync(NpgsqlConnection connection, UnsettledRun run, RunEnd? end, CancellationToken ct) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                """
                update operation.job_run set state = @state, ended_at = case when @state = 'open' then null else coalesce(@at, clock_timestamp()) end,
                  error = @Error
                 where id = @Id and state = @before
                """,
                new
                {
                    run.Id,
                    before = run.State,
                    state = end?.State ?? RunState.Open,
                    at = end?.At,
                    end?.Error,
                },
                cancellationToken: ct
            )
        );

    private sealed record UnsettledRun(Guid Id, Guid Correlation, DateTime StartedAt, string State);
}

/// <summary>How a run ended.</summary>
/// <param name="State">One of <see cref="RunState"/>.</param>
/// <param name="At">UTC; null when the bus has forgotten it.</param>
/// <param name="Error">First line of what failed.</param>
internal sealed record RunEnd(string State, DateTime? At, string? Error)
{
    /// <summary>The end; null while messages of the run wait, are handled, or will be tried again.</summary>
    public static RunEnd? Of(MessageTrail? trail) =>
        trail switch
        {
            null => new RunEnd(RunState.Done, null, null),
            { IsSettled: false } => null,
            { DeadLetters: > 0 } => new RunEnd(RunState.Failed, trail.LastEnd, trail.Error),
            { Discarded: > 0 } => new RunEnd(RunState.GivenUp, trail.LastEnd, null),
            _ => new RunEnd(RunState.Done, trail.LastEnd, null),
        };
}

/// <summary>What is stored of a run's state.</summary>
internal static class RunState
{
    public const string Open = "open";

    public const string Done = "done";

    /// <summary>A message of it is a dead letter.</summary>
    public const string Failed = "failed";

    /// <summary>A message of it failed, and a person discarded it.</summary>
    public const string GivenUp = "given_up";
}
