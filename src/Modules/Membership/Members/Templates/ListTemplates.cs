using Association.Membership.Data;
using Association.Membership.Members.Record;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Templates;

/// <summary>The templates of the office.</summary>
/// <param name="Search">Only those whose name or a subject holds it; null: all.</param>
/// <param name="Sort"><c>name</c> or <c>changed</c>, with <c>-</c> before it the other way round.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record ListTemplates(string? Search = null, string Sort = "name") : IQuery<IReadOnlyList<LetterTemplate>>;

internal static class ListTemplatesHandler
{
    public static async Task<IReadOnlyList<LetterTemplate>> HandleAsync(ListTemplates query, MembershipDb db, CancellationToken ct)
    {
        var templates = db.Set<LetterTemplate>().AsNoTracking();
        if (TidyText.OrNull(query.Search) is { } text)
        {
            var like = $"%{SqlLike.Escape(text)}%";
            templates = templates.Where(t =>
                EF.Functions.ILike(t.Name, like)
                || EF.Functions.ILike(t.SubjectDe!, like)
                || EF.Functions.ILike(t.SubjectFr!, like)
                || EF.Functions.ILike(t.SubjectEn!, like)
            );
        }
        templates = query.Sort switch
        {
            "changed" => templates.OrderBy(t => t.ChangedAt),
            "-changed" => templates.OrderByDescending(t => t.ChangedAt),
            "-name" => templates.OrderByDescending(t => t.Name),
            _ => templates.OrderBy(t => t.Name),
        };
        return await templates.ToListAsync(ct);
    }
}
