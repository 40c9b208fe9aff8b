using System.Data;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Categories;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.List.Rows;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.List.Export;

/// <summary>
/// The list as a workbook: the columns of the table in its order, all pages of what is filtered. Goes straight from the database's answer into the
/// output, so that a hundred thousand rows need no more memory than a page.
/// </summary>
/// <param name="List">Filter, order, columns.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(MembersFeature.Read)]
internal sealed record ExportMembers(ListMembers List, Stream Output) : IQuery<MembersExported>;

/// <summary>The workbook is written.</summary>
/// <param name="Members">How many are in it.</param>
internal sealed record MembersExported(int Members);

internal static class ExportMembersHandler
{
    public static async Task<MembersExported> HandleAsync(
        ExportMembers query,
        MembershipDb db,
        MembersView list,
        IStringLocalizer<MembersTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var today = clock.Today();
        var columns = query.List.Columns ?? MembersView.Standard;
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct); // members and dues of one moment
        var categories = await db.Categories.AsNoTracking().ToListAsync(ct);
        var (selection, _) = await MemberSelection.FindAsync(db, query.List.Filter, today, ct);
        var sheet = new MemberSheet(
            list,
            texts,
            categories.ToDictionary(c => c.Code, c => categories.NameOf(c.Code), StringComparer.Ordinal),
            columns.Contains(MemberColumn.Dues) ? await DuesAsync(db, today, ct) : new Dictionary<Guid, decimal>(),
            today
        );
        var cells = sheet.Columns(columns);
        return new MembersExported(
            await SpreadsheetWriter.WriteAsync(
                query.Output,
                list.Title,
                clock.GetUtcNow(),
                cells,
                MemberRows.EachAsync(db, sheet.Read, MembersView.MemberOrders.Of(query.List.Sort), selection, ct),
                ct
            )
        );
    }

    // Looked up here and not joined there: a join would have the database sort all members before it answers the first.
    private static async Task<Dictionary<Guid, decimal>> DuesAsync(MembershipDb db, DateOnly today, CancellationToken ct)
    {
        var dues = new Dictionary<Guid, decimal>();
        var connection = await db.ConnectionAsync(ct);
        await using var reader = await connection.ExecuteReaderAsync(
            new CommandDefinition($"select member_id, amount from {MemberRows.DuesOfYear} d", new { today }, db.Transaction, cancellationToken: ct)
        );
        while (await reader.ReadAsync(ct))
            dues.Add(reader.GetGuid(0), reader.GetDecimal(1));
        return dues;
    }
}

internal static class MemberDownloads
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(MembershipPages.Export, DownloadAsync);

    // Whoever closes the browser stops the statement in the database as well.
    [RequirePermission(MembersFeature.Read)]
    private static async Task DownloadAsync(
        HttpContext context,
        MembersView list,
        IMessageBus bus,
        IStringLocalizer<MembersTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        context.Response.ContentType = SpreadsheetWriter.MediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{texts["Export.File"]}-{clock.Today():yyyy-MM-dd}.xlsx\"";
        await bus.QueryAsync(new ExportMembers(list.Ask(context.Request.Query), context.Response.Body), ct);
    }
}
