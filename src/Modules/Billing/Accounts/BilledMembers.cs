using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Dapper;

namespace Association.Billing.Accounts;

/// <summary>Who stands in the books and can therefore no longer be removed.</summary>
internal sealed class BilledMembers(OfficeDatabase database) : IBilledMembers
{
    public async Task<IReadOnlyList<MemberId>> BilledAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var billed = await connection.QueryAsync<Guid>(
            new CommandDefinition(
                """
                select a.member_id from billing.account a
                 where a.member_id = any (@members)
                   and (exists (select from billing.invoice i where i.account_id = a.id)
                     or exists (select from billing.posting_line l where l.account_id = a.id))
                """,
                new { members = members.Select(m => m.Value).ToArray() },
                cancellationToken: ct
            )
        );
        return [.. billed.Select(id => new MemberId(id))];
    }
}
