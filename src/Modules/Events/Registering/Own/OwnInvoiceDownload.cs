using Association.Billing.Contracts;
using Association.Events.Contracts;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Association.Events.Registering.Own;

/// <summary>The invoice of a registration, for who has its link.</summary>
internal static class OwnInvoiceDownload
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(EventsPages.OwnRegistration + "/rechnung", FileAsync).AllowAnonymous().WithMetadata(new SecretPageAttribute());

    private static async Task<IResult> FileAsync(string? key, IMessageBus bus, IInvoicedBills invoices, FileArchive archive, CancellationToken ct) =>
        await bus.QueryAsync(new ReadOwnRegistration(key), ct) is { Bill: { } bill }
        && (await invoices.ReadAsync([bill], ct)).GetValueOrDefault(bill) is { File: { } file }
        && await archive.ReadAsync(file, ct) is var pdf
            ? Results.File(pdf.Bytes.ToArray(), pdf.MediaType, pdf.Name)
            : Results.NotFound();
}
