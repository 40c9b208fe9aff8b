using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.List;

/// <summary>How many members each of the standing views shows.</summary>
[Permission(MembersFeature.Read)]
internal sealed record CountMembers : IQuery<MemberCounts>;

/// <summary>The counts: everybody, active without a known end, joined and leaving in the present year, with something to clarify.</summary>
internal sealed record MemberCounts(int All, int Active, int Joined, int Leaving, int ToClarify);

internal static class CountMembersHandler
{
    public static async Task<MemberCounts> Handle(CountMembers _, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        return await (await db.ConnectionAsync(ct)).QuerySingleAsync<MemberCounts>(
            new CommandDefinition(
                """
                select count(*)::int as "all",
                       (count(*) filter (where (joined_on is null or joined_on <= @today) and left_on is null))::int as active,
                       (count(*) filter (where joined_on between @first and @last))::int as joined,
                       (count(*) filter (where left_on between @first and @last))::int as leaving,
                       (select count(distinct member_id) from membership.clarification where state = 'open')::int as toclarify
                  from membership.member
                """,
                new
                {
                    today,
                    first = new DateOnly(today.Year, 1, 1),
                    last = new DateOnly(today.Year, 12, 31),
                },
                cancellationToken: ct
            )
        );
    }
}
