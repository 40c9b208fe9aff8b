using System.Text.Json;
using Association.Office.Operation.Messages;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.Operation.Jobs.Runs;

/// <summary>Keeps what a run found out.</summary>
[PlainWords(typeof(MessagesTexts), "Work.NoteJobReport")]
internal static class NoteJobReportHandler
{
    public static Task HandleAsync(JobReport report, IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "update operation.job_run set findings = @findings::jsonb where id = @Run",
                new { report.Run, findings = JsonSerializer.Serialize(report.Findings, JsonSerializerOptions.Web) },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
