using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Association.Membership.Members.Letters;

/// <summary>The file of a serial letter: always the archived bytes.</summary>
internal static class SerialLetterDownload
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(SerialLetter.Start + "/{letter:guid}/print.pdf", PrintAsync);

    [RequirePermission(MembersFeature.Edit)]
    private static async Task<IResult> PrintAsync(Guid letter, IMessageBus bus, FileArchive archive, HttpResponse response, CancellationToken ct)
    {
        if (await bus.QueryAsync(new ReadSerialLetter(letter), ct) is not { Letter.File: { } id })
            return Results.NotFound();
        var file = await archive.ReadAsync(id, ct);
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = file.Name }.ToString();
        return Results.Bytes(file.Bytes, file.MediaType);
    }
}
