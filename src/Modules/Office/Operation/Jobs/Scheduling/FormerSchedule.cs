using Association.Platform.Data.Backups;
using Dapper;
using Npgsql;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>
/// The one table that counts of the schedule as releases until November 2026 stored it, by Quartz 4.7: it says what somebody paused. A backup of such a
/// release is restored into it, and <c>0002_hangfire.sql</c> takes the pauses over, as it does in a database that is upgraded in its place.
/// </summary>
internal sealed class FormerSchedule(NpgsqlDataSource database) : IForeignSchema
{
    public string Name => "quartz";

    public IReadOnlyList<string> Tables => ["qrtz_triggers"];

    public async Task BuildAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                create table if not exists quartz.qrtz_triggers (
                  sched_name text, trigger_name text, trigger_group text, job_name text, job_group text, description text, next_fire_time bigint, prev_fire_time bigint,
                  priority integer, trigger_state text, trigger_type text, start_time bigint, end_time bigint, calendar_name text, misfire_instr smallint,
                  misfire_orig_fire_time bigint, execution_group text, preferred_node text, preferred_node_auto bool, retry_policy text, retry_attempt integer,
                  continues_trigger_name text, continues_trigger_group text, continuation_condition integer, overlap_policy integer, pause_reason text, paused_by text,
                  paused_at bigint, misfire_threshold bigint, fixed_delay bool, job_data bytea)
                """,
                cancellationToken: ct
            )
        );
    }
}
