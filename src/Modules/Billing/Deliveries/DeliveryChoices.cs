using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Dapper;

namespace Association.Billing.Deliveries;

/// <summary>How members want what is sent to them, for modules that write to them.</summary>
internal sealed class DeliveryChoices(OfficeDatabase database) : IDeliveryChoices
{
    public async Task<bool> WantsPaperAsync(MemberId member, CancellationToken ct) => (await WantPaperAsync([member], ct)).Count > 0;

    public async Task<IReadOnlySet<MemberId>> WantPaperAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var found = await connection.QueryAsync<Guid>(
            new CommandDefinition(
                """
                select distinct a.member_id from billing.delivery_choice c join billing.account a on a.id = c.account_id
                 where a.member_id = any (@ids) and c.routes = 'paper'
                """,
                new { ids = members.Select(m => m.Value).ToArray() },
                cancellationToken: ct
            )
        );
        return found.Select(MemberId.From).ToHashSet();
    }
}
