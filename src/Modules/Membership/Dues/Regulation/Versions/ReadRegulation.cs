using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Platform.Messaging;
using Npgsql;

namespace Association.Membership.Dues.Regulation.Versions;

/// <summary>A version with its rules. Null when there is none of that number.</summary>
/// <param name="Number">What people call it: Fassung 3.</param>
[Permission(DuesFeature.Read)]
internal sealed record ReadRegulation(int Number) : IQuery<RegulationView?>;

/// <summary>The answer.</summary>
/// <param name="Version">Validity, resolution, signatures.</param>
/// <param name="Regulation">What it charges.</param>
/// <param name="Previous">The version that holds before it; null when there is none.</param>
/// <param name="Categories">Names by code, in the office's order.</param>
/// <param name="Rules">Who changed which rule, by category.</param>
internal sealed record RegulationView(
    RegulationVersion Version,
    DuesRegulation Regulation,
    RegulationVersion? Previous,
    IReadOnlyDictionary<string, string> Categories,
    IReadOnlyDictionary<string, RuleEdit> Rules
)
{
    /// <summary>Categories whose members would not be charged.</summary>
    public IEnumerable<string> WithoutRule => Categories.Where(c => Regulation.RuleOf(c.Key) is null).Select(c => c.Value);
}

/// <summary>The last edit of a rule.</summary>
/// <param name="Version">Changes with every edit (<c>xmin</c>).</param>
/// <param name="By">Who; empty when the rule came with the installation or was copied from another version.</param>
/// <param name="At">When.</param>
internal sealed record RuleEdit(uint Version, string By, DateTimeOffset At);

internal static class ReadRegulationHandler
{
    public static async Task<RegulationView?> HandleAsync(ReadRegulation query, MembershipDb db, CancellationToken ct)
    {
        if (await RegulationVersions.FindAsync(db, query.Number, ct) is not { } version)
            return null;
        return new RegulationView(
            version,
            await Regulations.ReadAsync(db, version.Id, ct),
            await RegulationVersions.BeforeAsync(db, version, ct),
            await DuesReading.CategoryNamesAsync(db, ct),
            await RuleEdits.OfAsync(db, version.Id, ct)
        );
    }
}

internal static class RuleEdits
{
    /// <summary>The last edit of each rule of a version, by category.</summary>
    public static async Task<IReadOnlyDictionary<string, RuleEdit>> OfAsync(MembershipDb db, DuesRegulationId regulation, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select category, xmin, changed_by_name, changed_at from membership.dues_rule where regulation_id = $1",
            await db.ConnectionAsync(ct),
            db.Transaction
        )
        {
            Parameters = { new() { Value = regulation.Value } },
        };
        var edits = new Dictionary<string, RuleEdit>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            edits.Add(reader.GetString(0), new RuleEdit(reader.GetFieldValue<uint>(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return edits;
    }
}
