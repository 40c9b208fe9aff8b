using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.Operation.Jobs.Runs;

/// <summary>Begins runs: the run's row and its message are stored in one transaction, or neither is.</summary>
internal sealed class StartedRuns(IUnitOfWork unit, IMessageBus bus)
{
    /// <summary>Begins the run for this time; does nothing when somebody did already.</summary>
    /// <returns>The run's id, whoever began it.</returns>
    public async Task<Guid> BeginAsync(JobDeclaration job, DateTimeOffset fireTime, string? askedBy, CancellationToken ct)
    {
        var id = JobRunId.Of(job.Name, fireTime);
        var begun = await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into operation.job_run (id, job, fire_time, asked_by, correlation_id) values (@id, @Name, @fireTime, @askedBy, @CorrelationId)
                on conflict do nothing
                """,
                new
                {
                    id,
                    job.Name,
                    fireTime = fireTime.ToUniversalTime(),
                    askedBy,
                    bus.CorrelationId,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        if (begun > 0)
            await bus.SendAsync(job.Message(new JobRun(id, fireTime, fireTime.ToBusinessDate())), ct);
        return id;
    }
}
