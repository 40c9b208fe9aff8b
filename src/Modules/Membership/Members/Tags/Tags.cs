using Association.Membership.Data;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Tags;

internal readonly record struct TagId(Guid Value) : IEntityId<TagId>
{
    public static TagId From(Guid value) => new(value);
}

/// <summary>A word that the office gives its members as it likes.</summary>
internal sealed record Tag(TagId Id, string Name)
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 60;
}

internal static class TagStore
{
    public static async Task<Tag?> FindAsync(MembershipDb db, TagId id, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QuerySingleOrDefaultAsync<string>(
            new CommandDefinition("select name from membership.tag where id = @id for update", new { id = id.Value }, db.Transaction, cancellationToken: ct)
        )
            is { } name
            ? new Tag(id, name)
            : null;

    /// <summary>The tag of that name, whatever its case; made when there is none.</summary>
    public static async Task<Tag> GetOrAddAsync(MembershipDb db, string name, CancellationToken ct)
    {
        // Two who invent the same tag at once get the same one: the second insert waits for the first and then finds it.
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "insert into membership.tag (id, name) values (@id, @name) on conflict (lower(name)) do nothing",
                new { id = Guid.CreateVersion7(), name },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var (id, stored) = await connection.QuerySingleAsync<(Guid, string)>(
            new CommandDefinition(
                "select id, name from membership.tag where lower(name) = lower(@name collate \"de-DE-x-icu\")",
                new { name },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new Tag(new TagId(id), stored);
    }

    public static string Tidy(string? name) => TidyText.Line(name);

    /// <summary>What is wrong with a tidy name; null when nothing is.</summary>
    public static Problem? Check(string name, string field, IStringLocalizer<TagTexts> texts) =>
        name.Length == 0 ? new Problem(field, texts["Problem.NameMissing"])
        : name.Length > Tag.LongestName ? new Problem(field, texts["Problem.NameTooLong", name.Length, Tag.LongestName])
        : null;
}
