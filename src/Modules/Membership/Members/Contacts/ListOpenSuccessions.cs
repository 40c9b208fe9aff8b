using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.Contacts;

/// <summary>Functions that ended lately or end soon and that nobody holds afterwards.</summary>
/// <param name="Member">Of this member; null for all.</param>
[Permission(MembersFeature.Read)]
internal sealed record ListOpenSuccessions(MemberId? Member = null) : IQuery<IReadOnlyList<OpenSuccession>>;

/// <summary>A function that needs a successor after its last day.</summary>
internal sealed record OpenSuccession(
    ContactFunctionId Function,
    string MemberNumber,
    string MemberName,
    string Holder,
    FunctionKind Kind,
    string Title,
    DateOnly LastDay
);

internal static class ListOpenSuccessionsHandler
{
    /// <summary>Who left longer ago is history; who leaves later can be replaced later.</summary>
    private const int DaysBack = 180,
        DaysAhead = 60;

    public static async Task<IReadOnlyList<OpenSuccession>> Handle(ListOpenSuccessions query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<Row>(
            new CommandDefinition(
                """
                select distinct on (m.name, f.member_id, f.kind)
                       f.id, m.number, m.name, c.name as holder, f.kind, f.title, f.valid_to as lastday
                  from membership.contact_function f
                  join membership.contact c on c.id = f.contact_id
                  join membership.member m on m.id = f.member_id
                 where f.valid_to between @from and @to
                   and (@member is null or f.member_id = @member)
                   and f.kind <> all (@lapsing)
                   and (m.left_on is null or m.left_on > f.valid_to)
                   and not exists (select from membership.contact_function n
                                    where n.member_id = f.member_id and n.kind = f.kind and (n.valid_to is null or n.valid_to > f.valid_to))
                 order by m.name, f.member_id, f.kind, f.valid_to desc
                 limit 200
                """,
                new
                {
                    from = today.AddDays(-DaysBack),
                    to = today.AddDays(DaysAhead),
                    member = query.Member?.Value,
                    lapsing = Enum.GetValues<FunctionKind>().Where(k => !SuccessorRule.Wanted(k)).Select(EnumText.Of).ToArray(),
                },
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new OpenSuccession(
                ContactFunctionId.From(r.Id),
                r.Number,
                r.Name,
                r.Holder,
                EnumText.Parse<FunctionKind>(r.Kind),
                r.Title,
                r.LastDay
            )),
        ];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }
        public required string Holder { get; init; }
        public required string Kind { get; init; }
        public required string Title { get; init; }
        public DateOnly LastDay { get; init; }
    }
}
