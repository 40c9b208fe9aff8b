using System.Runtime.CompilerServices;
using Association.Membership.Members.Categories;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.List;

/// <summary>The list as a workbook: the columns of the table, all pages of what is filtered, in the same order.</summary>
internal static class ExportMembers
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/office/members/export", DownloadAsync);

    [RequirePermission(MembersFeature.Read)]
    private static async Task DownloadAsync(HttpContext context, IMessageBus bus, IStringLocalizer<MembersTexts> texts, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        context.Response.ContentType = SpreadsheetWriter.MediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{texts["Export.File"]}-{today:yyyy-MM-dd}.xlsx\"";
        await WriteAsync(context.Response.Body, MemberListAddress.Read(context.Request.Query), bus, texts, clock, ct);
    }

    public static async Task WriteAsync(Stream output, ListMembers list, IMessageBus bus, IStringLocalizer<MembersTexts> texts, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        var categories = await bus.QueryAsync(new ListCategories(), ct);
        var columns = new SheetColumns<MemberRow>()
            .Text(texts["Column.Number"], m => m.Number)
            .Text(texts["Column.Name"], m => m.Name)
            .Text(texts["Column.Category"], m => categories.NameOf(m.Category))
            .Text(texts["Column.Town"], m => m.Town)
            .Date(texts["Column.Joined"], m => m.JoinedOn)
            .Date(texts["Column.Left"], m => m.LeftOn)
            .Text(texts["Column.Route"], m => texts[$"Route.{m.Route}"])
            .Money(texts["Column.Dues", today.Year], m => m.Dues)
            .Text(texts["Column.Status"], m => texts[$"Status.{m.StatusOn(today)}"])
            .YesNo(texts["Column.ToClarify"], m => m.ToClarify);
        await SpreadsheetWriter.WriteAsync(output, texts["Members.Title"], clock.GetUtcNow(), columns, RowsAsync(list, bus, ct), ct);
    }

    // Page by page by key, so that a hundred thousand rows never stand in memory.
    private static async IAsyncEnumerable<MemberRow> RowsAsync(ListMembers list, IMessageBus bus, [EnumeratorCancellation] CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await bus.QueryAsync(list with { After = after, Before = null, Size = 1000, WithTotals = false }, ct);
            foreach (var row in page.Rows) yield return row;
            after = page.After;
        }
        while (after is not null);
    }
}
