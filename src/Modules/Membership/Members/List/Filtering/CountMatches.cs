using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.List.Filtering;

/// <summary>How many members a filter lets through.</summary>
[Permission(MembersFeature.Read)]
internal sealed record CountMatches(MemberFilter Filter) : IQuery<Matches>;

internal sealed record Matches(int Members);

internal static class CountMatchesHandler
{
    public static async Task<Matches> HandleAsync(CountMatches query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var (selection, _) = await MemberSelection.FindAsync(db, query.Filter, clock.Today(), ct);
        return new Matches(
            await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<int>(
                new CommandDefinition(
                    $"{selection.With} select count(*)::int from membership.member m where {selection.Where.Sql}",
                    selection.Where.Parameters,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        );
    }
}
