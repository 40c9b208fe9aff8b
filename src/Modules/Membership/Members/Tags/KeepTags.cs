using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Membership.Members.Tags;

/// <summary>Gives a tag another name. A name that is taken is refused: merging the two is another command.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record RenameTag(TagId Tag, string Name) : ICommand;

internal static class RenameTagHandler
{
    public static Task<Tag?> LoadAsync(RenameTag command, MembershipDb db, CancellationToken ct) => TagStore.FindAsync(db, command.Tag, ct);

    public static Problem? Validate(RenameTag command, Tag? tag, IStringLocalizer<TagTexts> texts) =>
        tag is null ? new Problem("", texts["Problem.Gone"]) : TagStore.Check(TagStore.Tidy(command.Name), nameof(command.Name), texts);

    public static async Task HandleAsync(RenameTag command, MembershipDb db, IStringLocalizer<TagTexts> texts, CancellationToken ct)
    {
        var name = TagStore.Tidy(command.Name);
        try
        {
            await (await db.ConnectionAsync(ct)).ExecuteAsync(
                new CommandDefinition(
                    "update membership.tag set name = @name where id = @id",
                    new { name, id = command.Tag.Value },
                    db.Transaction,
                    cancellationToken: ct
                )
            );
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new ProblemsException([new Problem(nameof(command.Name), texts["Problem.NameTaken", name])]);
        }
    }
}

/// <summary>Makes two tags one: whoever has the first gets the second, and the first is gone. That cannot be taken back.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record MergeTags(TagId From, TagId Into) : ICommand;

/// <summary>How many members got the other tag by it.</summary>
internal sealed record TagsMerged(int Members);

internal static class MergeTagsHandler
{
    public static async Task<(Tag? From, TagTarget? Into)> LoadAsync(MergeTags command, MembershipDb db, CancellationToken ct)
    {
        // In the order of the ids, so that two who merge the same pair crosswise do not wait for each other for ever.
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                "select from membership.tag where id = any (@ids) order by id for update",
                new { ids = new[] { command.From.Value, command.Into.Value } },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return (await TagStore.FindAsync(db, command.From, ct), await TagStore.FindAsync(db, command.Into, ct) is { } into ? new TagTarget(into) : null);
    }

    public static Problem? Validate(MergeTags command, Tag? from, TagTarget? into, IStringLocalizer<TagTexts> texts) =>
        from is null ? new Problem("", texts["Problem.Gone"])
        : into is null || command.From == command.Into ? new Problem(nameof(command.Into), texts["Problem.MergeTarget"])
        : null;

    public static async Task<TagsMerged> HandleAsync(MergeTags command, Tag from, TagTarget into, MembershipDb db, CancellationToken ct)
    {
        await db.NameInHistoryAsync($"{from.Name} → {into.Tag.Name}", ct);
        var connection = await db.ConnectionAsync(ct);
        var members = await connection.ExecuteAsync(
            new CommandDefinition(
                "insert into membership.member_tag (member_id, tag_id) select member_id, @into from membership.member_tag where tag_id = @from on conflict do nothing",
                new { from = command.From.Value, into = command.Into.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        await connection.ExecuteAsync(
            new CommandDefinition("delete from membership.tag where id = @from", new { from = command.From.Value }, db.Transaction, cancellationToken: ct)
        );
        return new TagsMerged(members);
    }
}

/// <summary>The tag that stays.</summary>
internal sealed record TagTarget(Tag Tag);

/// <summary>Deletes a tag; all members lose it. That cannot be taken back.</summary>
/// <param name="Tag">Which.</param>
/// <param name="Members">How many members the person saw to have it; when it is another number by now, the person is asked again.</param>
[Permission(MembersFeature.Edit)]
internal sealed record DeleteTag(TagId Tag, int Members) : ICommand;

internal static class DeleteTagHandler
{
    public static Task<Tag?> LoadAsync(DeleteTag command, MembershipDb db, CancellationToken ct) => TagStore.FindAsync(db, command.Tag, ct);

    public static async Task<Problem?> ValidateAsync(DeleteTag command, Tag? tag, MembershipDb db, IStringLocalizer<TagTexts> texts, CancellationToken ct)
    {
        if (tag is null)
            return new Problem("", texts["Problem.Gone"]);
        var members = await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<int>(
            new CommandDefinition(
                "select count(*)::int from membership.member_tag where tag_id = @id",
                new { id = command.Tag.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return members == command.Members ? null : new Problem("", texts["Problem.CountChanged", new Count(members), new Count(command.Members)]);
    }

    public static async Task HandleAsync(DeleteTag command, Tag tag, MembershipDb db, CancellationToken ct)
    {
        await db.NameInHistoryAsync(tag.Name, ct);
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition("delete from membership.tag where id = @id", new { id = command.Tag.Value }, db.Transaction, cancellationToken: ct)
        );
    }
}
