using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data;
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
[Permission(MembersFeature.Read)]
internal sealed record ListMembers(
    MemberFilter Filter, MemberSort Sort = MemberSort.Name, bool Descending = false, string? After = null, string? Before = null,
    int Size = 50, bool WithTotals = true) : IQuery<MemberList>;

/// <summary>A line of the list: category and dues are those of today and of the present year.</summary>
internal sealed record MemberRow(
    MemberId Id, string Number, string Name, string Category, short CategoryPosition, string Town, DateOnly? JoinedOn, DateOnly? LeftOn, PaymentRoute Route, Money? Dues, bool ToClarify)
{
    public MemberStatus StatusOn(DateOnly today) => MemberStatuses.Of(JoinedOn, LeftOn, today);
}

internal static class MemberStatuses
{
    /// <summary>The last day is a day of membership.</summary>
    public static MemberStatus Of(DateOnly? joinedOn, DateOnly? leftOn, DateOnly today) =>
        leftOn < today ? MemberStatus.Left : joinedOn > today ? MemberStatus.Planned : leftOn is not null ? MemberStatus.Leaving : MemberStatus.Active;
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
        var today = clock.Today();
        var selection = MemberSelection.Of(query.Filter, today, similar: false);
        var similar = query.Filter.Words.Length > 0 && !await AnyAsync(db, selection, ct);
        if (similar)
        {
            selection = MemberSelection.Of(query.Filter, today, similar: true);
            await Similarity.SetAsync(await db.ConnectionAsync(ct), ct);
        }

        var after = MemberCursor.Decode(query.After, query.Sort);
        var before = after is null ? MemberCursor.Decode(query.Before, query.Sort) : null;
        var size = Math.Clamp(query.Size, 1, 1000);
        var rows = await ReadAsync(db, query, selection, after ?? before, backwards: before is not null, size + 1, ct);
        var more = rows.Count > size;
        if (more) rows.RemoveAt(size);
        if (before is not null) rows.Reverse();

        var first = before is null ? after?.Position ?? 0 : Math.Max(0, before.Position - rows.Count);
        var totals = query.WithTotals ? await TotalsAsync(db, selection, ct) : default;
        return new MemberList(rows, rows.Count == 0 ? 0 : first + 1,
            rows.Count > 0 && (before is not null || more) ? MemberCursor.At(rows[^1], query.Sort, first + rows.Count).Encode() : null,
            rows.Count > 0 && (after is not null || (before is not null && more)) ? MemberCursor.At(rows[0], query.Sort, first).Encode() : null,
            totals.Count, new Money(totals.Dues), similar);
    }

    // What was charged for the year counts; before the run, what an import says of it.
    private const string Dues =
        """
        left join membership.prior_dues d on d.member_id = m.id and d.year = extract(year from @today::date)
        left join (select c.member_id, sum(c.amount) as amount from membership.charge c join membership.dues_run r on r.id = c.run_id
                    where c.period = extract(year from @today::date) and c.voided_at is null and r.state in ('executing', 'executed')
                    group by c.member_id) charged on charged.member_id = m.id
        """;

    private static async Task<List<MemberRow>> ReadAsync(MembershipDb db, ListMembers query, MemberSelection selection, MemberCursor? edge, bool backwards, int limit, CancellationToken ct)
    {
        var descending = query.Descending != backwards;
        var columns = MemberCursor.Columns(query.Sort);
        var parameters = new DynamicParameters(selection.Parameters);
        parameters.Add("limit", limit);
        var where = selection.Where;
        if (edge is not null)
        {
            where += $" and ({string.Join(", ", columns.Select(c => c.Column))}) {(descending ? '<' : '>')} ({string.Join(", ", columns.Select((c, i) => $"@key{i}::{c.Type}"))})";
            for (var i = 0; i < columns.Length; i++) parameters.Add($"key{i}", edge.Keys[i]);
        }
        var order = string.Join(", ", columns.Select(c => descending ? c.Column + " desc" : c.Column));
        // Category is the only order without an index: what counts today depends on the day. Only then the join stands inside.
        const string join = "join membership.category c on c.code = membership.category_on(@today, m.category, m.next_category, m.next_category_on)";
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<Row>(new CommandDefinition(
            $"""
            {selection.With}
            select m.id, m.number, m.name, c.code as category, c.position as categoryposition, m.town,
                   m.joined_on as joinedon, m.left_on as lefton, m.payment_route as route, coalesce(charged.amount, d.amount) as dues,
                   exists (select from membership.clarification o where o.member_id = m.id and o.state = 'open') as toclarify
              from (select m.* from membership.member m {(query.Sort == MemberSort.Category ? join : "")} where {where} order by {order} limit @limit) m
              {join}
              {Dues}
             order by {order}
            """, parameters, db.Transaction, cancellationToken: ct));
        return [.. rows.Select(r => r.ToRow())];
    }

    private static async Task<bool> AnyAsync(MembershipDb db, MemberSelection selection, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<bool>(new CommandDefinition(
            selection.Any, selection.Parameters, db.Transaction, cancellationToken: ct));

    private static async Task<(int Count, decimal Dues)> TotalsAsync(MembershipDb db, MemberSelection selection, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QuerySingleAsync<(int, decimal)>(new CommandDefinition(
            $"""
            {selection.With}
            select count(*)::int, coalesce(sum(coalesce(charged.amount, d.amount)), 0)
              from membership.member m {Dues}
             where {selection.Where}
            """, selection.Parameters, db.Transaction, cancellationToken: ct));

    private sealed class Row
    {
        public Guid Id { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }
        public required string Category { get; init; }
        public short CategoryPosition { get; init; }
        public required string Town { get; init; }
        public DateOnly? JoinedOn { get; init; }
        public DateOnly? LeftOn { get; init; }
        public required string Route { get; init; }
        public decimal? Dues { get; init; }
        public bool ToClarify { get; init; }

        public MemberRow ToRow() => new(
            MemberId.From(Id), Number, Name, Category, CategoryPosition, Town, JoinedOn, LeftOn, EnumText.Parse<PaymentRoute>(Route), Dues is { } d ? new Money(d) : null, ToClarify);
    }
}
