using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Association.Membership.Members.Files;

/// <summary>The files of a member, the newest first; those deleted, too.</summary>
[Permission(MembersFeature.ReadNotes)]
internal sealed record ListFiles(MemberId Member) : IQuery<IReadOnlyList<MemberFile>>;

/// <summary>A file with its bytes; null when there is none, or none any more.</summary>
[Permission(MembersFeature.ReadNotes)]
internal sealed record ReadFile(MemberFileId Id) : IQuery<ArchivedFile?>;

internal static class ListFilesHandler
{
    public static Task<IReadOnlyList<MemberFile>> HandleAsync(ListFiles query, MembershipDb db, CancellationToken ct) =>
        MemberFile.OfMemberAsync(db, query.Member, ct);
}

internal static class ReadFileHandler
{
    public static async Task<ArchivedFile?> HandleAsync(ReadFile query, MembershipDb db, FileArchive archive, CancellationToken ct) =>
        await MemberFile.FindAsync(db, query.Id, ct) is { IsDeleted: false } file ? await archive.ReadAsync(file.Archived, ct) : null;
}

/// <summary>Always as a download: what others wrote is not shown in the office's own origin.</summary>
internal static class FileDownload
{
    public static string Href(string number, MemberFile file) => MembershipPages.Member(number, $"files/{file.Id.Value}");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(MembershipPages.Members + "/{number}/files/{file:guid}", ReadAsync);

    [RequirePermission(MembersFeature.ReadNotes)]
    private static async Task<IResult> ReadAsync(Guid file, IMessageBus bus, CancellationToken ct) =>
        await bus.QueryAsync(new ReadFile(new MemberFileId(file)), ct) is { } found
            ? Results.File(found.Bytes.ToArray(), found.MediaType, found.Name)
            : Results.NotFound();
}
