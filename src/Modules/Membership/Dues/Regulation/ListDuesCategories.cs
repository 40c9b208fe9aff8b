using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Platform.Messaging;

namespace Association.Membership.Dues.Regulation;

/// <summary>Names of the categories by code, in the office's order.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ListDuesCategories : IQuery<IReadOnlyDictionary<string, string>>;

internal static class ListDuesCategoriesHandler
{
    public static Task<IReadOnlyDictionary<string, string>> HandleAsync(ListDuesCategories query, MembershipDb db, CancellationToken ct) =>
        DuesReading.CategoryNamesAsync(db, ct);
}
