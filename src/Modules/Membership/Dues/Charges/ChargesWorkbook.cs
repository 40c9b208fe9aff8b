using Association.Membership.Contracts;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Runs;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Charges;

/// <summary>The charges of a run as a workbook: exactly what the page lists, all pages.</summary>
internal static class ChargesWorkbook
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(MembershipPages.Dues + "/{code}/charges.xlsx", WriteAsync).WithMetadata(new RequirePermissionAttribute(DuesFeature.Read));

    private static async Task WriteAsync(
        string code,
        string? q,
        string? category,
        HttpContext http,
        IMessageBus bus,
        TimeProvider clock,
        IStringLocalizer<DuesTexts> texts
    )
    {
        var ct = http.RequestAborted;
        var list = await bus.QueryAsync(new ListDuesCharges(code, q?.Trim() ?? "", category is { Length: > 0 } ? category : null, 0, int.MaxValue), ct);
        if (list is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var language = DuesReading.Language;
        var columns = new SheetColumns<DuesRow>()
            .Text(texts["Column.Number"], r => r.Number)
            .Text(texts["Column.Member"], r => r.Name)
            .Text(texts["Column.Category"], r => list.Categories[r.Category])
            .Text(texts["Excel.Measure"], r => r.Input is { } i ? StepTexts.Measure(i.Measured.Measure, language) : null)
            .WholeNumber(texts["Excel.Value"], r => r.Input?.Measured.Value)
            .Date(texts["Excel.AsOf"], r => r.Input?.Measured.AsOf)
            .Text(texts["Excel.Source"], r => r.Input is { } i ? texts["Source." + i.Source].Value : null)
            .Text(texts["Charges.Calculation"], r => string.Join("; ", r.Steps.Select(s => $"{s.Paragraph} {StepTexts.Describe(s, language)}")))
            .Money(texts["Excel.LastYear", list.Run.Year - 1], r => r.LastYear)
            .Money(texts["Excel.Amount", list.Run.Year], r => r.Amount)
            .Money(texts["Column.Difference"], r => r.Difference)
            .Date(texts["Excel.Due"], r => r.DueOn);
        http.Response.ContentType = SpreadsheetWriter.MediaType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"beitragslauf-{list.Run.Code}.xlsx\"";
        await SpreadsheetWriter.WriteAsync(
            http.Response.Body,
            texts[DuesStates.TitleOf(list.Run), list.Run.Year],
            clock.GetUtcNow(),
            columns,
            list.Rows.ToAsyncEnumerable(),
            ct
        );
    }
}
