using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening.Pages;

/// <summary>The lists that were taken over, as they were uploaded, and an empty one with the right columns.</summary>
internal static class OpeningDownloads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(OpeningUrl.Start + "/{import:guid}/file", FileAsync);
        routes.MapGet(OpeningUrl.Start + "/template.xlsx", Template);
    }

    [RequirePermission(BillingModule.TakeOverOpening)]
    private static async Task<IResult> FileAsync(Guid import, IMessageBus bus, FileArchive archive, CancellationToken ct)
    {
        if ((await bus.QueryAsync(new ListOpenings(), ct)).FirstOrDefault(i => i.Id == import) is not { } past)
            return Results.NotFound();
        var file = await archive.ReadAsync(past.File, ct);
        return Results.Bytes(file.Bytes, file.MediaType, file.Name);
    }

    [RequirePermission(BillingModule.TakeOverOpening)]
    private static IResult Template(IStringLocalizer<OpeningTexts> texts, TimeProvider clock, CancellationToken ct)
    {
        var columns = new SheetColumns<OpeningRow>()
            .Text(texts["Column.Number"], r => r.Number)
            .Text(texts["Column.Name"], r => r.Name)
            .Money(texts["Column.Open"], r => r.Open)
            .Money(texts["Column.Credit"], r => r.Credit)
            .Text(texts["Column.Origin"], r => r.Origin)
            .Date(texts["Column.DueOn"], r => r.DueOn);
        return Results.Stream(
            output => SpreadsheetWriter.WriteAsync(output, texts["Page.Here"], clock.GetUtcNow(), columns, AsyncEnumerable.Empty<OpeningRow>(), ct),
            SpreadsheetWriter.MediaType,
            texts["File.Template"] + ".xlsx"
        );
    }
}
