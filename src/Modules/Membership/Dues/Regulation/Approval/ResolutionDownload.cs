using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Association.Membership.Dues.Regulation.Approval;

/// <summary>The resolution's document, byte for byte as it came. Always as a download: what others wrote is not shown in the office's own origin.</summary>
internal static class ResolutionDownload
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(MembershipPages.Regulations + "/{number:int}/resolution.pdf", ReadAsync);

    [RequirePermission(DuesFeature.Read)]
    private static async Task<IResult> ReadAsync(int number, IMessageBus bus, CancellationToken ct) =>
        await bus.QueryAsync(new ReadResolution(number), ct) is { } file ? Results.File(file.Bytes.ToArray(), file.MediaType, file.Name) : Results.NotFound();
}
