using Association.Membership.Contracts;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace Association.Membership.Members.Correspondence;

/// <summary>The file of a letter to one member: as it is archived, and as it would be.</summary>
internal static class LetterDownloads
{
    /// <summary>Where the form of a letter is posted to for a look at it.</summary>
    public static string Preview(MemberId member) => $"{MembershipPages.Members}/letter-preview/{member.Value}";

    public static string Href(string number, Guid letter) => MembershipPages.Member(number, $"letters/{letter}/letter.pdf");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(MembershipPages.Members + "/{number}/letters/{letter:guid}/letter.pdf", ReadAsync);
        routes.MapPost(MembershipPages.Members + "/letter-preview/{member:guid}", PreviewAsync);
    }

    [RequirePermission(MembersFeature.ReadNotes)]
    private static async Task<IResult> ReadAsync(Guid letter, IMessageBus bus, FileArchive archive, HttpResponse response, CancellationToken ct)
    {
        if (await bus.QueryAsync(new ReadLetter(letter), ct) is not { } found)
            return Results.NotFound();
        var file = await archive.ReadAsync(found.File, ct);
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = file.Name }.ToString();
        return Results.Bytes(file.Bytes, file.MediaType);
    }

    // Nothing is kept: what cannot be a letter yet is said on the page, which has the same check.
    [RequirePermission(MembersFeature.WriteNotes)]
    private static async Task<IResult> PreviewAsync(
        Guid member,
        HttpContext context,
        IAntiforgery antiforgery,
        IMessageBus bus,
        IAssociationProfiles profiles,
        TimeProvider clock,
        IStringLocalizer<SerialLetterTexts> letters,
        CancellationToken ct
    )
    {
        await antiforgery.ValidateRequestAsync(context);
        var form = await context.Request.ReadFormAsync(ct);
        if (await bus.QueryAsync(new ReadLetterDesk(MemberId.From(member)), ct) is not { } desk)
            return Results.NotFound();
        ContactId? contact = Guid.TryParse(form[nameof(WriteLetter.Contact)], out var id) ? ContactId.From(id) : null;
        var text = new SerialText(
            form[nameof(SerialText.Subject)].ToString(),
            form[nameof(SerialText.Body)].ToString(),
            form[nameof(SerialText.Language)].ToString()
        ).Cleaned();
        var wrong = text.Check(letters).ToList();
        if (wrong.Count > 0 || desk.Find(contact) is not { } addressee)
            return Results.Text(string.Join('\n', wrong.Select(p => p.Text)), statusCode: StatusCodes.Status400BadRequest);
        var file = LetterFile.Write(text, desk.FactsFor(addressee, text.Language), clock.GetUtcNow(), await profiles.CurrentAsync(ct));
        return Results.Bytes(file.Bytes, file.MediaType);
    }
}
