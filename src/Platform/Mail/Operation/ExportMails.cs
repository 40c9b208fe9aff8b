using Association.Platform.Data;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Mail.Operation;

/// <summary>The list as a workbook: all that match, straight from the database's answer.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(MailPermissions.Read)]
public sealed record ExportMails(MailFilter Filter, Stream Output) : IQuery<MailsExported>;

/// <summary>The workbook is written.</summary>
public sealed record MailsExported;

internal static class ExportMailsHandler
{
    public static async Task<MailsExported> HandleAsync(
        ExportMails query,
        OfficeDatabase database,
        IStringLocalizer<MailTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var words = new MailWords(texts);
        var columns = new SheetColumns<MailView>()
            .Text(texts["Column.Created"], m => MailWords.Moment(m.CreatedAt))
            .Text(texts["Column.Name"], m => m.Name)
            .Text(texts["Column.Address"], m => m.Address)
            .Text(texts["Column.Subject"], m => m.Subject)
            .Text(texts["Column.State"], m => texts[$"State.{m.State}"])
            .Text(texts["Column.Settled"], m => MailWords.Moment(m.SettledAt))
            .WholeNumber(texts["Column.Attempts"], m => m.Attempts)
            .Text(texts["Column.Why"], m => words.Why(m))
            .Text(texts["Column.By"], m => m.CreatedBy);
        await SpreadsheetWriter.WriteAsync(
            query.Output,
            texts["Export.Title"],
            clock.GetUtcNow(),
            columns,
            MailRows.ReadAsync(database, query.Filter, null, null, ct),
            ct
        );
        return new MailsExported();
    }
}
