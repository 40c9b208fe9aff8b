using Association.Membership.Data;
using Association.Membership.Dues.Regulation;

namespace Association.Membership.Import.Preview;

/// <summary>The counts that dues go by: category to <c>beds</c>, <c>employees</c> or <c>inhabitants</c>.</summary>
internal static class NeededCounts
{
    /// <summary>What offices count where no regulation says it.</summary>
    public static readonly IReadOnlyDictionary<string, string> Usual = new Dictionary<string, string>
    {
        ["hospital"] = "beds",
        ["municipality"] = "inhabitants",
        ["company"] = "employees",
        ["welfare"] = "employees",
    };

    /// <summary>As the regulation of the dues year has it that is prepared, or of this year; the usual ones when there is none.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(MembershipDb db, DateOnly today, CancellationToken ct)
    {
        var regulation = await Regulations.ValidInAsync(db, ImportPlanner.DuesYear(today), ct) ?? await Regulations.ValidInAsync(db, today.Year, ct);
        return regulation?.Rules.Where(r => r.NeededMeasure is not null).ToDictionary(r => r.Category, r => r.NeededMeasure!) ?? Usual;
    }
}
