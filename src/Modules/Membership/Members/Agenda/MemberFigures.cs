using Association.Membership.Contracts;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Agenda;

/// <summary>How many members there are today, and how many came and went this year.</summary>
internal sealed class MemberFigures(OfficeDatabase database, TimeProvider clock, IStringLocalizer<MembersTexts> texts) : ITodayFigure
{
    // The list shows who was one, too; this filter lets through whom the figure counts.
    private static readonly string Proof = $"{MembershipPages.Members}?status={MemberStatus.Present}";

    public async Task<IReadOnlyList<TodayFigure>> ReadAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(MembersFeature.Read))
            return [];
        var today = clock.Today();
        await using var connection = await database.OpenConnectionAsync(ct);
        var (members, came, went) = await connection.QuerySingleAsync<(int Members, int Came, int Went)>(
            new CommandDefinition(
                """
                select count(*) filter (where (joined_on is null or joined_on <= @today) and (left_on is null or left_on >= @today))::int,
                       count(*) filter (where joined_on between @first and @today)::int,
                       count(*) filter (where left_on between @first and @today - 1)::int
                  from membership.member
                """,
                new { today, first = new DateOnly(today.Year, 1, 1) },
                cancellationToken: ct
            )
        );
        return
        [
            new TodayFigure(100, texts["Members.Title"], Formats.Number(members), texts["Figure.Members", new Count(came), new Count(went), today.Year], Proof),
        ];
    }
}
