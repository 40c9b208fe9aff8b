using Association.Membership.Import.Drafts;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Import.Pages;

/// <summary>The list of wrong cells as a workbook, to be worked through beside the file.</summary>
internal static class ErrorWorkbook
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ImportUrl.Start + "/{draft:guid}/errors.xlsx", WriteAsync).WithMetadata(new RequirePermissionAttribute(ImportFeature.Run));

    private static async Task<IResult> WriteAsync(Guid draft, IMessageBus bus, IStringLocalizer<ImportTexts> texts, TimeProvider clock, CancellationToken ct)
    {
        if (await bus.QueryAsync(new ReadDraft(draft), ct) is not { } view)
            return Results.NotFound();
        var columns = new SheetColumns<WrongCell>()
            .Text(texts["Wrong.Cell"], w => w.Cell)
            .WholeNumber(texts["Preview.Row"], w => w.Row)
            .Text(texts["Wrong.Member"], w => w.Member)
            .Text(texts["Columns.Field"], w => w.Field)
            .Text(texts["Wrong.Typed"], w => w.Typed)
            .Text(texts["Wrong.Reason"], w => w.Reason)
            .Text(texts["Wrong.Right"], w => w.Suggestion)
            .YesNo(texts["Wrong.ImportedColumn"], w => w.Imported);
        var wrong = WrongCells.Of(view.Plan, texts).ToAsyncEnumerable();
        return Results.Stream(
            async body => await SpreadsheetWriter.WriteAsync(body, texts["Wrong.Title"], clock.GetUtcNow(), columns, wrong, ct),
            SpreadsheetWriter.MediaType,
            texts["Wrong.FileName"]
        );
    }
}
