using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Platform.Messaging;

namespace Association.Membership.Dues.Regulation;

/// <summary>The regulation of a year and all versions in force. Without one for that year, the newest.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ReadRegulation(int Year) : IQuery<RegulationView>;

/// <summary>The answer.</summary>
/// <param name="Shown">Null when the association has none at all.</param>
/// <param name="Versions">The newest first.</param>
/// <param name="Categories">Names by code.</param>
internal sealed record RegulationView(DuesRegulation? Shown, IReadOnlyList<DuesRegulation> Versions, IReadOnlyDictionary<string, string> Categories);

internal static class ReadRegulationHandler
{
    public static async Task<RegulationView> HandleAsync(ReadRegulation query, MembershipDb db, CancellationToken ct)
    {
        var versions = await Regulations.AllAsync(db, ct);
        var day = new DateOnly(Math.Clamp(query.Year, 1, 9999), 1, 1);
        return new RegulationView(
            versions.FirstOrDefault(v => v.ValidFrom <= day && (v.ValidTo is null || v.ValidTo >= day)) ?? (versions.Count > 0 ? versions[0] : null), versions, await DuesReading.CategoryNamesAsync(db, ct));
    }
}

/// <summary>Names of the categories by code, in the office's order.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ListDuesCategories : IQuery<IReadOnlyDictionary<string, string>>;

internal static class ListDuesCategoriesHandler
{
    public static Task<IReadOnlyDictionary<string, string>> HandleAsync(ListDuesCategories query, MembershipDb db, CancellationToken ct) => DuesReading.CategoryNamesAsync(db, ct);
}
