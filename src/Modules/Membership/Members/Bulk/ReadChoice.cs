using Association.Membership.Data;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.Bulk;

/// <summary>Whom a selection means now: how many, the first by name, and a digest by which a later reading is told apart.</summary>
[Permission(MembersFeature.Edit)]
internal sealed record ReadChoice(MemberFilter Filter) : IQuery<MemberChoice>;

/// <summary>The members of a selection.</summary>
/// <param name="Count">How many.</param>
/// <param name="Digest">Of their ids: the same members give the same digest.</param>
/// <param name="First">Names of the first ten.</param>
/// <param name="Categories">How many of each category that counts today, the most first.</param>
internal sealed record MemberChoice(int Count, string Digest, IReadOnlyList<string> First, IReadOnlyList<(string Code, int Members)> Categories);

internal static class ReadChoiceHandler
{
    private const int Named = 10;

    public static async Task<MemberChoice> HandleAsync(ReadChoice query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        var (selection, _) = await MemberSelection.FindAsync(db, query.Filter, today, ct);
        var connection = await db.ConnectionAsync(ct);
        var ids = await ChosenMembers.IdsAsync(db, selection, ct);
        var first = await connection.QueryAsync<string>(
            new CommandDefinition(
                $"{selection.With} select m.name from membership.member m where {selection.Where.Sql} order by m.name, m.id limit {Named}",
                selection.Where.Parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        var categories = await connection.QueryAsync<(string, int)>(
            new CommandDefinition(
                $"""
                {selection.With} select membership.category_on(@today, m.category, m.next_category, m.next_category_on), count(*)::int
                  from membership.member m where {selection.Where.Sql} group by 1 order by 2 desc, 1
                """,
                selection.Where.Parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new MemberChoice(ids.Length, ChosenMembers.Digest(ids), [.. first], [.. categories]);
    }
}

internal static class ChosenMembers
{
    /// <summary>In the order of their ids.</summary>
    public static async Task<Guid[]> IdsAsync(MembershipDb db, MemberSelection selection, CancellationToken ct) =>
        [
            .. await (await db.ConnectionAsync(ct)).QueryAsync<Guid>(
                new CommandDefinition(
                    $"{selection.With} select m.id from membership.member m where {selection.Where.Sql} order by m.id",
                    selection.Where.Parameters,
                    db.Transaction,
                    cancellationToken: ct
                )
            ),
        ];

    public static string Digest(Guid[] ids) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(ids.AsSpan())));
}
