using Association.Board.Reports;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Association.Board.Pages;

/// <summary>Kept reports as files: always the archived bytes.</summary>
internal static class BoardReportDownloads
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(BoardUrl.Page + "/{id:guid}/report.xlsx", ReportAsync);

    [RequirePermission(BoardModule.Read)]
    private static async Task<IResult> ReportAsync(Guid id, IMessageBus bus, CancellationToken ct) =>
        await bus.QueryAsync(new ReadBoardReport(id), ct) is { } file ? Results.Bytes(file.Bytes, file.MediaType, file.Name) : Results.NotFound();
}
