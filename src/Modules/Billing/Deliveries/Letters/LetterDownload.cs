using Association.Billing.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Association.Billing.Deliveries.Letters;

/// <summary>A statement or letter as it was sent: the archived bytes.</summary>
internal static class LetterDownload
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(BillingPages.Letters + "/{number}/document.pdf", DocumentAsync);

    [RequirePermission(BillingModule.ReadInvoices)]
    private static async Task<IResult> DocumentAsync(string number, IMessageBus bus, HttpResponse response, CancellationToken ct)
    {
        if (await bus.QueryAsync(new ReadLetterDocument(number), ct) is not { } pdf)
            return Results.NotFound();
        response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("inline")
        {
            FileNameStar = number.ToUpperInvariant() + ".pdf",
        }.ToString();
        return Results.Bytes(pdf, "application/pdf");
    }
}
