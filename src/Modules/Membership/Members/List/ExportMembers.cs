using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.List;

/// <summary>
/// The list as a workbook: the columns of the table in its order, all pages of what is filtered. Goes straight from the database's answer into the
/// output, so that a hundred thousand rows need no more memory than a page.
/// </summary>
/// <param name="List">Filter, order, columns.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(MembersFeature.Read)]
internal sealed record ExportMembers(ListMembers List, Stream Output) : IQuery<MembersExported>;

/// <summary>The workbook is written.</summary>
internal sealed record MembersExported;

internal static class ExportMembersHandler
{
    public static async Task<MembersExported> HandleAsync(ExportMembers query, MembershipDb db, IStringLocalizer<MembersTexts> texts, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        var categories = await db.Categories.AsNoTracking().ToListAsync(ct);
        var (selection, _) = await MemberSelection.FindAsync(db, query.List.Filter, today, ct);
        await SpreadsheetWriter.WriteAsync(
            query.Output, texts["Members.Title"], clock.GetUtcNow(), MemberColumns.Sheet(query.List.Columns ?? MemberColumns.Standard, texts, categories, today),
            MemberRows.ReadAsync(db, query.List, selection, null, backwards: false, limit: null, ct), ct);
        return new MembersExported();
    }
}

internal static class MemberDownloads
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/office/members/export", DownloadAsync);

    // Whoever closes the browser stops the statement in the database as well.
    [RequirePermission(MembersFeature.Read)]
    private static async Task DownloadAsync(HttpContext context, IMessageBus bus, IStringLocalizer<MembersTexts> texts, TimeProvider clock, CancellationToken ct)
    {
        context.Response.ContentType = SpreadsheetWriter.MediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{texts["Export.File"]}-{clock.Today():yyyy-MM-dd}.xlsx\"";
        await bus.QueryAsync(new ExportMembers(MemberListAddress.Read(context.Request.Query), context.Response.Body), ct);
    }
}
