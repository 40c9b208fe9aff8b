using System.Globalization;
using Association.Board.Figures;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Board.Reports;

/// <summary>Make the board's workbook of a period and keep it: what the board gets stays as it is, byte for byte.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, at most the end of this fiscal year.</param>
[MessageName("board.create-report"), Permission(BoardModule.Create), OneMoment]
internal sealed record CreateBoardReport(DateOnly From, DateOnly To) : ICommand;

/// <summary>The report that was made.</summary>
internal sealed record CreatedReport(Guid Id, string FileName, bool ControlsHold);

[PlainWords(typeof(BoardTexts), "Work.CreateReport")]
internal static class CreateBoardReportHandler
{
    public static Task<IReadOnlyList<Problem>> ValidateAsync(CreateBoardReport command, ReportPeriods periods, CancellationToken ct) =>
        periods.ProblemsAsync(command.From, command.To, ct);

    public static async Task<CreatedReport> HandleAsync(
        CreateBoardReport command,
        IMessageBus bus,
        IUnitOfWork work,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var report = await bus.QueryAsync(new ComposeBoardReport(command.From, command.To), ct);
        var file = ArchivedFile.New(report.FileName, SpreadsheetWriter.MediaType, report.Bytes);
        await FileArchive.AddAsync(work.Connection, [file], ct);
        var id = Guid.CreateVersion7();
        await work.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into board.report (id, period_from, period_to, language, archive_file_id, controls_hold, created_at, created_by, created_by_name)
                values (@id, @From, @To, @language, @file, @ControlsHold, @now, @user, @name)
                """,
                new
                {
                    id,
                    command.From,
                    command.To,
                    language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                    file = file.Id,
                    report.ControlsHold,
                    now = clock.GetUtcNow(),
                    user = user.Actor.Id?.Value,
                    name = user.Actor.Name,
                },
                work.Transaction,
                cancellationToken: ct
            )
        );
        return new CreatedReport(id, file.Name, report.ControlsHold);
    }
}
