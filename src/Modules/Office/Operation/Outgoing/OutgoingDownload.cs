using Association.Platform.Documents.Excel;
using Association.Platform.Mail;
using Association.Platform.Mail.Operation;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Outgoing;

/// <summary>The list as Excel: all that the filter lets through.</summary>
internal static class OutgoingDownload
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            OutgoingUrl.Export,
            [RequirePermission(MailPermissions.Read)]
            (string? q, string? state, string? kind, string? undeliverable, IMessageBus bus, IStringLocalizer<OutgoingTexts> texts, CancellationToken ct) =>
                Results.Stream(
                    output => bus.QueryAsync(new ExportMails(OutgoingUrl.Filter(q, state, kind, undeliverable), output), ct),
                    SpreadsheetWriter.MediaType,
                    texts["File"] + ".xlsx"
                )
        );
}
