using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Membership.Renewals.Year;

/// <summary>The checklist of a dues year; null when no regulation is in force in it.</summary>
/// <param name="Year">Which.</param>
[Permission(DuesFeature.Read)]
internal sealed record ReadDuesYear(int Year) : IQuery<DuesYear?>;

/// <summary>The checklists of this year and the next, as far as there is a regulation, without counting members.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ListDuesYears : IQuery<IReadOnlyList<DuesYear>>;

internal static class ReadDuesYearHandler
{
    public static async Task<DuesYear?> HandleAsync(ReadDuesYear query, DuesYears years, MembershipDb db, CancellationToken ct)
    {
        if (query.Year is < 1950 or > 2200 || await years.FindAsync(query.Year, ct) is not { } year)
            return null;
        if (year.Steps.Single(s => s.Step == DuesYearStep.Values) is not { IsDone: false } values)
            return year;
        // Counted for the page alone: it goes through all members.
        var regulation = await Regulations.ValidInAsync(db, query.Year, ct);
        var missing = (await PreviewDuesRunHandler.SummariseAsync(db, regulation!, query.Year, null, ct)).Missing.Count;
        return year with { Steps = [.. year.Steps.Select(s => s == values ? s with { IsDone = missing == 0, Left = missing } : s)] };
    }
}

internal static class ListDuesYearsHandler
{
    public static async Task<IReadOnlyList<DuesYear>> HandleAsync(ListDuesYears _, DuesYears years, TimeProvider clock, CancellationToken ct)
    {
        var found = new List<DuesYear>();
        foreach (var year in new[] { clock.Today().Year, clock.Today().Year + 1 })
            if (await years.FindAsync(year, ct) is { } there)
                found.Add(there);
        return found;
    }
}
