using System.Globalization;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Messaging;

namespace Association.Membership.Dues.Charges;

/// <summary>The charges of a run by name, filtered; of a draft as they would be now. Null when there is no such run.</summary>
/// <param name="Code"><c>2027-1</c>.</param>
/// <param name="Text">Part of a name or number.</param>
/// <param name="Category">Code of a category; null for all.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to return.</param>
[Permission(DuesFeature.Read)]
internal sealed record ListDuesCharges(string Code, string Text = "", string? Category = null, int Skip = 0, int Take = 50) : IQuery<DuesChargeList?>;

/// <summary>The answer.</summary>
/// <param name="Run">The run.</param>
/// <param name="Categories">Names by code.</param>
/// <param name="Matching">Figures of all that match.</param>
/// <param name="Rows">Those asked for.</param>
internal sealed record DuesChargeList(DuesRun Run, IReadOnlyDictionary<string, string> Categories, DuesSummary Matching, IReadOnlyList<DuesRow> Rows);

internal static class ListDuesChargesHandler
{
    private static readonly CompareInfo German = CultureInfo.GetCultureInfo("de-DE").CompareInfo;

    public static async Task<DuesChargeList?> HandleAsync(ListDuesCharges query, MembershipDb db, CancellationToken ct)
    {
        if (await DuesRuns.FindAsync(db, query.Code, ct) is not { } run)
            return null;
        var (matching, rows) = (new DuesSummary(), new List<DuesRow>());
        await foreach (var row in ChargesAsync(db, run, ct))
        {
            if (row.Outcome != DuesOutcome.Owes || !Matches(query, row))
                continue;
            matching.Add(row);
            if (matching.Charges > query.Skip && rows.Count < query.Take)
                rows.Add(row);
        }
        return new DuesChargeList(run, await DuesReading.CategoryNamesAsync(db, ct), matching, rows);
    }

    private static async IAsyncEnumerable<DuesRow> ChargesAsync(
        MembershipDb db,
        DuesRun run,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var rows =
            run.State == DuesRunState.Draft
                ? KindCandidates.StreamAsync(db, run, await Regulations.ReadAsync(db, run.RegulationId, ct), null, ct)
                : ChargeStore.StreamAsync(db, run.Id, ct);
        await foreach (var row in rows)
            yield return row;
    }

    private static bool Matches(ListDuesCharges query, DuesRow row) =>
        (query.Category is null || row.Category == query.Category)
        && (
            query.Text.Length == 0
            || row.Number.Contains(query.Text, StringComparison.OrdinalIgnoreCase)
            || German.IndexOf(row.Name, query.Text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0
        );
}
