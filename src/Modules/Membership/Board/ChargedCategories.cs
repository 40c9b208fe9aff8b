using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Preview;

namespace Association.Membership.Board;

/// <summary>The categories of charges, as they were frozen with them.</summary>
internal sealed class ChargedCategories(MembershipDb db) : IChargedCategories
{
    public async Task<IReadOnlyDictionary<ChargeId, ChargedCategory>> CategoriesAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct)
    {
        var rows = await DuesReading.QueryAsync<(Guid Charge, short Position, string Name)>(
            db,
            $"""
            select h.id, c.position, {BoardCategories.Name}
              from unnest(@ids) as asked (id) join membership.charge h on h.id = asked.id join membership.category c on c.code = h.category
            """,
            new { ids = charges.Select(c => c.Value).ToArray(), DuesReading.Language },
            ct
        );
        return rows.ToDictionary(r => ChargeId.From(r.Charge), r => new ChargedCategory(r.Position, r.Name));
    }
}
