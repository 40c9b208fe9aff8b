using Association.Membership.Data;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.List.Rows;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.List;

/// <summary>A page of the member list, read by key: a page far down costs as much as the first.</summary>
/// <param name="Filter">Which members.</param>
/// <param name="Sort">By what.</param>
/// <param name="Descending">From the end.</param>
/// <param name="After">The rows behind this edge.</param>
/// <param name="Before">The rows ahead of this edge; counts only without <paramref name="After"/>.</param>
/// <param name="Size">Rows a page, 1 … 1000.</param>
/// <param name="WithTotals">Whether count and sum of all matches are wanted.</param>
/// <param name="Columns">What is shown of a member; what costs a look into another table is read only then. Null: none of that.</param>
[Permission(MembersFeature.Read)]
internal sealed record ListMembers(
    MemberFilter Filter,
    MemberSort Sort = MemberSort.Name,
    bool Descending = false,
    string? After = null,
    string? Before = null,
    int Size = 50,
    bool WithTotals = true,
    IReadOnlyList<MemberColumn>? Columns = null
) : IQuery<MemberList>;

internal static class MemberStatuses
{
    /// <summary>The last day is a day of membership.</summary>
    public static MemberStatus Of(DateOnly? joinedOn, DateOnly? leftOn, DateOnly today) =>
        leftOn < today ? MemberStatus.Left
        : joinedOn > today ? MemberStatus.Planned
        : leftOn is not null ? MemberStatus.Leaving
        : MemberStatus.Active;
}

/// <summary>A page and what it is a page of.</summary>
/// <param name="Rows">In the order asked for, whichever way was paged.</param>
/// <param name="First">Position of the first row, from 1; 0 of none.</param>
/// <param name="After">Edge of the next page; null on the last.</param>
/// <param name="Before">Edge of the page before; null on the first.</param>
/// <param name="Total">All matches.</param>
/// <param name="Dues">Sum of their dues of the present year.</param>
/// <param name="Similar">Nothing fitted the search exactly: these are alike.</param>
internal sealed record MemberList(IReadOnlyList<MemberRow> Rows, int First, string? After, string? Before, int Total, Money Dues, bool Similar);

internal static class ListMembersHandler
{
    public static async Task<MemberList> Handle(ListMembers query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var (selection, similar) = await MemberSelection.FindAsync(db, query.Filter, clock.Today(), ct);
        var after = MemberCursor.Decode(query.After, query.Sort);
        var before = after is null ? MemberCursor.Decode(query.Before, query.Sort) : null;
        var size = Math.Clamp(query.Size, 1, 1000);
        var rows = await MemberRows.ReadAsync(db, query, selection, after ?? before, backwards: before is not null, size + 1, ct).ToListAsync(ct);
        var more = rows.Count > size;
        if (more)
            rows.RemoveAt(size);
        if (before is not null)
            rows.Reverse();

        var first = before is null ? after?.Position ?? 0 : Math.Max(0, before.Position - rows.Count);
        var totals = query.WithTotals ? await TotalsAsync(db, selection, ct) : default;
        return new MemberList(
            rows,
            rows.Count == 0 ? 0 : first + 1,
            rows.Count > 0 && (before is not null || more) ? MemberCursor.At(rows[^1], query.Sort, first + rows.Count).Encode() : null,
            rows.Count > 0 && (after is not null || (before is not null && more)) ? MemberCursor.At(rows[0], query.Sort, first).Encode() : null,
            totals.Count,
            new Money(totals.Dues),
            similar
        );
    }

    private static async Task<(int Count, decimal Dues)> TotalsAsync(MembershipDb db, MemberSelection selection, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QuerySingleAsync<(int, decimal)>(
            new CommandDefinition(
                $"""
                {selection.With}
                select count(*)::int, coalesce(sum(coalesce(charged.amount, d.amount)), 0)
                  from membership.member m {MemberRows.Dues}
                 where {selection.Where}
                """,
                selection.Parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
}
