using Association.Billing.Contracts;
using Association.Events.Attending;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Association.Events.Registering.Own;

/// <summary>Ticket and invoice of a registration, for who has its link.</summary>
internal static class OwnDownloads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(EventsPages.OwnRegistration + "/rechnung", FileAsync).AllowAnonymous().WithMetadata(new SecretPageAttribute());
        routes.MapGet(EventsPages.OwnRegistration + "/karte", TicketAsync).AllowAnonymous().WithMetadata(new SecretPageAttribute());
    }

    private static async Task<IResult> TicketAsync(HttpContext context, string? key, IMessageBus bus, IAssociationProfiles profiles, CancellationToken ct) =>
        await bus.QueryAsync(new ReadOwnRegistration(key), ct) is { State: RegistrationState.Accepted, Code: { } code } own
            ? Results.File(
                TicketFile.Of(
                    own.Plan,
                    own.Name,
                    "",
                    code,
                    own.Language,
                    $"{context.Request.Scheme}://{context.Request.Host}",
                    await profiles.CurrentAsync(ct)
                ),
                PdfDocument.MediaType,
                own.Plan.Slug + ".pdf"
            )
            : Results.NotFound();

    private static async Task<IResult> FileAsync(string? key, IMessageBus bus, IInvoicedBills invoices, FileArchive archive, CancellationToken ct) =>
        await bus.QueryAsync(new ReadOwnRegistration(key), ct) is { Bill: { } bill }
        && (await invoices.ReadAsync([bill], ct)).GetValueOrDefault(bill) is { File: { } file }
        && await archive.ReadAsync(file, ct) is var pdf
            ? Results.File(pdf.Bytes.ToArray(), pdf.MediaType, pdf.Name)
            : Results.NotFound();
}
