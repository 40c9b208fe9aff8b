using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Tags;

/// <summary>Gives a member a tag, which is made if there is none of that name. Who has it already keeps it.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record TagMember(MemberId Member, string Name) : ICommand;

internal static class TagMemberHandler
{
    public static Problem? Validate(TagMember command, IStringLocalizer<TagTexts> texts) =>
        TagStore.Check(TagStore.Tidy(command.Name), nameof(command.Name), texts);

    public static async Task HandleAsync(TagMember command, MembershipDb db, CancellationToken ct)
    {
        var tag = await TagStore.GetOrAddAsync(db, TagStore.Tidy(command.Name), ct);
        await db.NameInHistoryAsync(tag.Name, ct);
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                "insert into membership.member_tag (member_id, tag_id) select id, @tag from membership.member where id = @member on conflict do nothing",
                new { tag = tag.Id.Value, member = command.Member.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}

/// <summary>Takes a tag from a member. The tag itself stays.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record UntagMember(MemberId Member, TagId Tag) : ICommand;

internal static class UntagMemberHandler
{
    public static async Task HandleAsync(UntagMember command, MembershipDb db, CancellationToken ct)
    {
        if (await TagStore.FindAsync(db, command.Tag, ct) is not { } tag)
            return;
        await db.NameInHistoryAsync(tag.Name, ct);
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                "delete from membership.member_tag where member_id = @member and tag_id = @tag",
                new { tag = tag.Id.Value, member = command.Member.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
