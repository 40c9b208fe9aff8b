using Association.Office.Operation.Messages;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Office.Operation.Jobs.Own;

/// <summary>Every night: deletes what is kept of runs longer ago than 90 days. The latest of each job stays, however old, and so does what is not
/// over.</summary>
[InternalOnly]
[MessageName("operation.forget-runs")]
internal sealed record ForgetRuns : ICommand;

[PlainWords(typeof(MessagesTexts), "Work.ForgetRuns")]
internal static class ForgetRunsHandler
{
    private const int Days = 90;

    public static Task HandleAsync(ForgetRuns _, IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                delete from operation.job_run r
                 where r.state <> 'open' and r.started_at < now() - make_interval(days => @Days)
                   and exists (select from operation.job_run later where later.job = r.job and later.started_at > r.started_at and later.asked_by is null)
                """,
                new { Days },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
