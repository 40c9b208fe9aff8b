using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Dapper;

namespace Association.Billing.Deliveries;

/// <summary>How members want what is sent to them, for modules that write to them.</summary>
internal sealed class DeliveryChoices(OfficeDatabase database) : IDeliveryChoices
{
    public async Task<bool> WantsPaperAsync(MemberId member, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                """
                select exists (select from billing.delivery_choice c join billing.account a on a.id = c.account_id
                                where a.member_id = @id and c.routes = 'paper')
                """,
                new { id = member.Value },
                cancellationToken: ct
            )
        );
    }
}
