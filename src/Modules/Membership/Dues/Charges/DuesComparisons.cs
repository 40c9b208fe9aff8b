using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Membership.Dues.Charges;

/// <summary>Hands Billing what explains an increase: amounts of full years, as the preview compared them.</summary>
internal sealed class DuesComparisons(MembershipDb db) : IDuesComparisons
{
    public async Task<IReadOnlyList<ChargeComparison>> CompareAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<(Guid Id, decimal FullYear, decimal? LastYear)>(
            new CommandDefinition(
                "select id, full_year, last_year from membership.charge where kind = 'annual' and id = any (@ids)",
                new { ids = charges.Select(c => c.Value).ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => new ChargeComparison(ChargeId.From(r.Id), new Money(r.FullYear), r.LastYear is { } last ? new Money(last) : null))];
    }
}
