using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data;
using Dapper;

namespace Association.Membership.SelfDeclarations.Deciding;

/// <summary>A request about which the office decides something; its row is locked.</summary>
internal sealed record RequestToDecide(Guid Id, MemberId Member, DeclarationState State, int? Value, int? LastValue, bool RoundIsClosed)
{
    public static async Task<RequestToDecide?> FindAsync(MembershipDb db, int year, string number, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var id = await connection.ExecuteScalarAsync<Guid?>(
            new CommandDefinition(
                $"""
                select q.id from membership.declaration_request q join membership.declaration_round r on r.id = q.round_id
                  join membership.member m on m.id = q.member_id
                 where r.year = @year and m.number = @number {(db.Transaction is null ? "" : "for update of q")}
                """,
                new { year, number },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (id is null)
            return null;
        // Behind the lock: what somebody else committed meanwhile is seen.
        var row = await connection.QuerySingleAsync<(Guid Member, string State, int? Value, int? Last, bool Closed)>(
            new CommandDefinition(
                "select member_id, state, value, last_value, closed_at is not null from membership.declaration where id = @id",
                new { id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new RequestToDecide(id.Value, MemberId.From(row.Member), EnumText.Parse<DeclarationState>(row.State), row.Value, row.Last, row.Closed);
    }
}
