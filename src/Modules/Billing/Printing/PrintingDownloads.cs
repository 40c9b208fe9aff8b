using Association.Billing.Printing.Batches;
using Association.Billing.Printing.Letters;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Association.Billing.Printing;

/// <summary>The file of a batch and its list, always the archived bytes; and a covering letter as it would look.</summary>
internal static class PrintingDownloads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PrintingUrl.Start + "/{number:int}/print.pdf", PrintAsync);
        routes.MapGet(PrintingUrl.Start + "/{number:int}/list.pdf", ListAsync);
        routes.MapGet(PrintingUrl.Letters + "/{letter:guid}/preview.pdf", PreviewAsync);
    }

    [RequirePermission(BillingModule.Print)]
    private static Task<IResult> PrintAsync(int number, IMessageBus bus, FileArchive archive, HttpResponse response, CancellationToken ct) =>
        FileAsync(number, b => b.PrintFile, bus, archive, response, ct);

    [RequirePermission(BillingModule.Print)]
    private static Task<IResult> ListAsync(int number, IMessageBus bus, FileArchive archive, HttpResponse response, CancellationToken ct) =>
        FileAsync(number, b => b.ListFile, bus, archive, response, ct);

    [RequirePermission(BillingModule.Print)]
    private static async Task<IResult> PreviewAsync(
        Guid letter,
        [FromQuery] string? member,
        [FromQuery] string? reason,
        IMessageBus bus,
        IAssociationProfiles profiles,
        TimeProvider clock,
        HttpResponse response,
        CancellationToken ct
    )
    {
        if (await bus.QueryAsync(new GetCoverLetter(letter), ct) is not { } stored)
            return Results.NotFound();
        var facts = await bus.QueryAsync(new ReadCoverFacts(member ?? "", reason ?? ""), ct);
        Show(response, stored.Name + ".pdf");
        return Results.Bytes(
            Letter.Render(CoverLetter.Write(stored, facts, await profiles.CurrentAsync(ct), clock.Today(), clock.GetUtcNow())),
            "application/pdf"
        );
    }

    private static async Task<IResult> FileAsync(
        int number,
        Func<PrintBatch, Guid?> which,
        IMessageBus bus,
        FileArchive archive,
        HttpResponse response,
        CancellationToken ct
    )
    {
        if ((await bus.QueryAsync(new ListPrintBatches(number), ct)).SingleOrDefault() is not { } batch || which(batch) is not { } id)
            return Results.NotFound();
        var file = await archive.ReadAsync(id, ct);
        Show(response, file.Name);
        return Results.Bytes(file.Bytes, file.MediaType);
    }

    private static void Show(HttpResponse response, string name) =>
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = name }.ToString();
}
