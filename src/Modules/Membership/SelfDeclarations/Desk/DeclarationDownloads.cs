using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Desk;

/// <summary>The list as a workbook: the columns of the table in its order, all pages of what is filtered.</summary>
/// <param name="List">Filter, order, columns.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(SelfDeclarationsFeature.Read)]
internal sealed record ExportDeclarations(ListAddress<DeclarationFilter, DeclarationColumn> List, Stream Output) : IQuery<DeclarationsExported>;

/// <summary>The workbook is written.</summary>
internal sealed record DeclarationsExported;

internal static class ExportDeclarationsHandler
{
    public static async Task<DeclarationsExported> HandleAsync(
        ExportDeclarations query,
        MembershipDb db,
        DeclarationsView list,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var rows = ListDeclarationsHandler.AllAsync(db, query.List.Filter, query.List.Sort, ct);
        await list.WriteAsync(query.Output, query.List.Columns.Shown, rows, clock.GetUtcNow(), ct);
        return new DeclarationsExported();
    }
}

internal static class DeclarationDownloads
{
    public const string List = MembershipPages.Declarations + "/list.xlsx";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(List, ListAsync);
        routes.MapGet(MembershipPages.Declarations + "/{year:int}/{number}/proof", ProofAsync);
    }

    [RequirePermission(SelfDeclarationsFeature.Read)]
    private static IResult ListAsync(
        HttpRequest request,
        DeclarationsView list,
        IMessageBus bus,
        IStringLocalizer<DeclarationTexts> texts,
        CancellationToken ct
    ) =>
        Results.Stream(
            output => bus.QueryAsync(new ExportDeclarations(list.Read(request.Query), output), ct),
            SpreadsheetWriter.MediaType,
            texts["File"] + ".xlsx"
        );

    // Always as a download: what others sent is not shown in the office's own origin.
    [RequirePermission(SelfDeclarationsFeature.Read)]
    private static async Task<IResult> ProofAsync(int year, string number, IMessageBus bus, FileArchive archive, CancellationToken ct)
    {
        if (await bus.QueryAsync(new ReadRequest(year, number), ct) is not { Declared.Answer.Proof: { } proof })
            return Results.NotFound();
        var file = await archive.ReadAsync(proof.File, ct);
        return Results.File(file.Bytes.ToArray(), file.MediaType, file.Name);
    }
}
