using Association.Membership.Data;
using Association.Membership.Members.List.Filtering;
using Association.Membership.Members.List.Rows;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Members.List;

/// <summary>A page of the member list, read by key: a page far down costs as much as the first.</summary>
/// <param name="Filter">Which members.</param>
/// <param name="Sort"><c>name</c>, <c>number</c>, <c>category</c>, <c>town</c>, <c>joined</c>, <c>postalcode</c>, <c>left</c> or <c>dues</c>; with „-“ before it
/// from the end. Anything else: by name.</param>
/// <param name="After">The rows behind this edge.</param>
/// <param name="Before">The rows ahead of this edge; counts only without <paramref name="After"/>.</param>
/// <param name="Size">Rows a page, 1 … <see cref="PageWindow.Most"/>.</param>
/// <param name="WithTotals">Whether count and sum of all matches are wanted.</param>
/// <param name="Columns">What is shown of a member; what costs a look into another table is read only then. Null: none of that.</param>
[Permission(MembersFeature.Read)]
internal sealed record ListMembers(
    MemberFilter Filter,
    string? Sort = null,
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
/// <param name="Page">In the order asked for.</param>
/// <param name="Total">All matches.</param>
/// <param name="Dues">Sum of their dues of the present year.</param>
/// <param name="Similar">Nothing fitted the search exactly: these are alike.</param>
internal sealed record MemberList(ListPage<MemberRow> Page, int Total, Money Dues, bool Similar)
{
    public IReadOnlyList<MemberRow> Rows => Page.Rows;

    public int First => Page.First;

    public string? After => Page.After;

    public string? Before => Page.Before;
}

internal static class ListMembersHandler
{
    public static async Task<MemberList> Handle(ListMembers query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var window = PageWindow.At(MembersView.MemberOrders.Of(query.Sort), query.After, query.Before, query.Size);
        // Whether a search has hits at all is asked only when none of them is on the page.
        var (selection, similar) = (MemberSelection.Of(query.Filter, clock.Today(), similar: false), false);
        var rows = await MemberRows.ReadAsync(db, window, selection, query.Columns ?? [], ct).ToListAsync(ct);
        if (rows.Count == 0)
        {
            (selection, similar) = await MemberSelection.FindAsync(db, query.Filter, clock.Today(), ct);
            if (similar)
                rows = await MemberRows.ReadAsync(db, window, selection, query.Columns ?? [], ct).ToListAsync(ct);
        }
        var totals = query.WithTotals ? await TotalsAsync(db, selection, ct) : default;
        return new MemberList(window.Cut(rows, r => r.Edge).Of(r => r.Row), totals.Count, new Money(totals.Dues), similar);
    }

    private static async Task<(int Count, decimal Dues)> TotalsAsync(MembershipDb db, MemberSelection selection, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QuerySingleAsync<(int, decimal)>(
            new CommandDefinition(
                $"""
                {selection.With}
                select count(*)::int, coalesce(sum(coalesce(charged.amount, d.amount)), 0)
                  from membership.member m {MemberRows.Dues}
                 where {selection.Where.Sql}
                """,
                selection.Where.Parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
}
