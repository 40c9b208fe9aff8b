using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.Tags;

/// <summary>All tags by name, with how many members have each.</summary>
/// <param name="Member">Only the tags of this member; null for all.</param>
[Permission(MembersFeature.Read)]
internal sealed record ListTags(MemberId? Member = null) : IQuery<IReadOnlyList<TagCount>>;

internal sealed record TagCount(TagId Id, string Name, int Members);

internal static class ListTagsHandler
{
    public static async Task<IReadOnlyList<TagCount>> HandleAsync(ListTags query, MembershipDb db, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Id, string Name, int Members)>(
            new CommandDefinition(
                """
                select t.id, t.name, (select count(*)::int from membership.member_tag x where x.tag_id = t.id)
                  from membership.tag t
                 where @member is null or exists (select from membership.member_tag x where x.tag_id = t.id and x.member_id = @member)
                 order by t.name
                """,
                new { member = query.Member?.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => new TagCount(new TagId(r.Id), r.Name, r.Members))];
    }
}
