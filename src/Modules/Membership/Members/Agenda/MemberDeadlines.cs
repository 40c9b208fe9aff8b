using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Agenda;

/// <summary>Members who come and go, functions and reductions that end.</summary>
internal sealed class MemberDeadlines(OfficeDatabase database, IStringLocalizer<MembersTexts> texts) : IDeadlines
{
    public async Task<IReadOnlyList<Deadline>> FindAsync(Actor actor, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (!actor.May(MembersFeature.Read))
            return [];
        await using var connection = await database.OpenConnectionAsync(ct);
        var days = await connection.QueryAsync<(DateOnly Day, string Kind, int Count, string[] Names, string First)>(
            new CommandDefinition(
                """
                select day, kind, count(*)::int, (array_agg(name order by name collate "de-DE-x-icu"))[1:3], min(number)
                  from (select left_on as day, 'Exit' as kind, name, number from membership.member
                         union all select joined_on, 'Entry', name, number from membership.member
                         union all select f.valid_to, 'Function', m.name, m.number from membership.contact_function f
                           join membership.member m on m.id = f.member_id
                         union all select make_date(r.to_year, 12, 31), 'Reduction', m.name, m.number from membership.dues_reduction r
                           join membership.member m on m.id = r.member_id) x
                 where day between @from and @to
                 group by day, kind
                """,
                new { from, to },
                cancellationToken: ct
            )
        );
        return
        [
            .. days.Select(d => new Deadline(
                d.Day,
                texts[$"Deadline.{d.Kind}", new Count(d.Count)],
                Named(d.Names, d.Count),
                d.Count == 1 ? Of(d.Kind, d.First) : List(d.Kind)
            )),
        ];
    }

    private static string Named(string[] names, int count) => string.Join(", ", names) + (count > names.Length ? " …" : "");

    private static string Of(string kind, string member) =>
        MembershipPages.Member(
            member,
            kind switch
            {
                "Function" => "people",
                "Reduction" => "dues",
                _ => "",
            }
        );

    private static string List(string kind) =>
        kind switch
        {
            "Exit" => MembershipPages.Members + "?status=leaving",
            _ => MembershipPages.Members,
        };
}
