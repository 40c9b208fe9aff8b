using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Membership.SelfDeclarations.Agenda;

/// <summary>What the round of a dues year tells its checklist: when members were asked, and how many have not answered.</summary>
internal sealed class DeclarationFacts(MembershipDb db) : IDuesYearFacts
{
    public async Task<IReadOnlyList<DuesYearFact>> ReadAsync(int year, CancellationToken ct)
    {
        var round = await (await db.ConnectionAsync(ct)).QuerySingleOrDefaultAsync<(DateTime Opened, DateTime? Closed, int Silent)?>(
            new CommandDefinition(
                """
                select r.opened_at, r.closed_at,
                       (select count(*)::int from membership.declaration d where d.round_id = r.id and d.state in ('open', 'draft', 'unreachable'))
                  from membership.declaration_round r where r.year = @year
                """,
                new { year },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return round is not { } found
            ? []
            :
            [
                new DuesYearFact(DuesYearStep.DeclarationsAsked, true, new DateTimeOffset(found.Opened).ToBusinessDate()),
                new DuesYearFact(
                    DuesYearStep.DeclarationsAnswered,
                    found.Silent == 0 || found.Closed is not null,
                    found.Closed is { } closed ? new DateTimeOffset(closed).ToBusinessDate() : null,
                    found.Silent
                ),
            ];
    }
}
