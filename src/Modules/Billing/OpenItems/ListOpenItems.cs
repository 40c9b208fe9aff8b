using System.Runtime.CompilerServices;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.OpenItems;

/// <summary>A page of what is still to be paid, the longest due first, with the sums by age over all of it.</summary>
/// <param name="Search">Part of an invoice's number, a member's number or name; empty for all.</param>
/// <param name="Age">Null for all.</param>
/// <param name="After">The rows behind this edge.</param>
/// <param name="Size">Rows a page.</param>
/// <param name="Filter">What else; null for all.</param>
/// <param name="Sort">The order; null for the longest due first.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListOpenItems(
    string Search = "",
    OpenItemAge? Age = null,
    string? After = null,
    int Size = 100,
    OpenItemFilter? Filter = null,
    string? Sort = null
) : IQuery<OpenItemList>;

/// <summary>Which open items, beside the search and the age.</summary>
/// <param name="Route">Null for both.</param>
/// <param name="OpenFrom">At least so much is open; null for all.</param>
/// <param name="OpenTo">At most so much is open; null for all.</param>
/// <param name="Days">Overdue for at least so many days; null for all.</param>
/// <param name="Numbers">Only these, ticked one by one; null for all.</param>
internal sealed record OpenItemFilter(
    PaymentRoute? Route = null,
    decimal? OpenFrom = null,
    decimal? OpenTo = null,
    int? Days = null,
    IReadOnlyList<string>? Numbers = null
);

/// <summary>How long the due day is past. What is collected by direct debit is not due before a collection failed.</summary>
internal enum OpenItemAge
{
    /// <summary>There is time, or it will be collected.</summary>
    NotDue,

    /// <summary>1 to 30 days.</summary>
    UpTo30,

    /// <summary>31 to 60 days.</summary>
    UpTo60,

    /// <summary>61 to 90 days.</summary>
    UpTo90,

    /// <summary>More than 90 days.</summary>
    Over90,
}

/// <summary>An invoice, or an item taken over, on which something is open.</summary>
/// <param name="Invoice">Its number.</param>
/// <param name="Member">The member's number.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Iban">The account from which the member pays or is debited, as far as known; without blanks.</param>
/// <param name="Amount">Of the invoice.</param>
/// <param name="Open">Still to be paid.</param>
/// <param name="Due">Last day for a transfer; a collection happens then or on the next TARGET day.</param>
/// <param name="Route">How it is paid.</param>
/// <param name="Age">How long it is due.</param>
/// <param name="Reference">What the payer was asked to write on the transfer.</param>
internal sealed record OpenItem(
    string Invoice,
    string Member,
    string Name,
    string? Iban,
    Money Amount,
    Money Open,
    DateOnly Due,
    PaymentRoute Route,
    OpenItemAge Age,
    string Reference
);

/// <summary>Open items of one age.</summary>
internal sealed record AgeSum(OpenItemAge Age, int Count, Money Open);

/// <summary>A page of open items.</summary>
/// <param name="Rows">The longest due first.</param>
/// <param name="After">Edge of the next page; null on the last.</param>
/// <param name="Ages">Count and sum of each age, over everything that the search finds; all five.</param>
internal sealed record OpenItemList(IReadOnlyList<OpenItem> Rows, string? After, IReadOnlyList<AgeSum> Ages)
{
    public int Count => Ages.Sum(a => a.Count);

    public Money Open => Money.Sum(Ages.Select(a => a.Open));
}

internal static class ListOpenItemsHandler
{
    private const string From = """
        from (select i.series, i.year, i.sequence::int as sequence, i.number, a.member_number, a.name, coalesce(i.iban, a.iban) as iban, i.amount, i.open,
          i.due_on as due, i.payment_route, i.payment_text,
                     case when i.payment_route = 'direct_debit' or i.due_on >= @today then 'not_due' when @today - i.due_on <= 30 then 'up_to30'
                          when @today - i.due_on <= 60 then 'up_to60' when @today - i.due_on <= 90 then 'up_to90' else 'over90' end as age
                from billing.open_receivable i join billing.account a on a.id = i.account_id) x
        where (@search = '' or x.number ilike @like or x.name ilike @like or x.member_number = @search)
        """;

    public static async Task<OpenItemList> HandleAsync(ListOpenItems query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var (from, parameters) = Selection(query, clock.Today());
        var sums = (
            await (await db.ConnectionAsync(ct)).QueryAsync<(string Age, int Count, decimal Open)>(
                new CommandDefinition($"select x.age, count(*)::int, sum(x.open) {from} group by x.age", parameters, db.Transaction, cancellationToken: ct)
            )
        ).ToDictionary(s => EnumText.Parse<OpenItemAge>(s.Age));
        var rows = await RowsAsync(db, query, from, parameters, query.Size + 1, ct).ToListAsync(ct);
        var more = rows.Count > query.Size;
        if (more)
            rows.RemoveAt(query.Size);
        return new OpenItemList(
            [.. rows.Select(r => r.ToItem())],
            more ? PageKey.Write(rows[^1].Edge) : null,
            [
                .. Enum.GetValues<OpenItemAge>()
                    .Select(a => sums.TryGetValue(a, out var s) ? new AgeSum(a, s.Count, new Money(s.Open)) : new AgeSum(a, 0, Money.Zero)),
            ]
        );
    }

    /// <summary>All of them, row by row as the database answers.</summary>
    public static async IAsyncEnumerable<OpenItem> AllAsync(
        BillingDb db,
        ListOpenItems query,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (from, parameters) = Selection(query, clock.Today());
        await foreach (var row in RowsAsync(db, query with { After = null }, from, parameters, null, ct))
            yield return row.ToItem();
    }

    private static (string From, DynamicParameters Parameters) Selection(ListOpenItems query, DateOnly today)
    {
        var search = query.Search.Trim();
        var (from, parameters) = (
            From,
            new DynamicParameters(
                new
                {
                    today,
                    search,
                    like = $"%{SqlLike.Escape(search)}%",
                }
            )
        );
        if (query.Filter?.Route is { } route)
            Add("x.payment_route = @route", "route", EnumText.Of(route));
        if (query.Filter?.OpenFrom is { } least)
            Add("x.open >= @openfrom", "openfrom", least);
        if (query.Filter?.OpenTo is { } most)
            Add("x.open <= @opento", "opento", most);
        if (query.Filter?.Days is { } days)
            Add("x.age <> 'not_due' and @today::date - x.due >= @days", "days", days);
        if (query.Filter?.Numbers is { } numbers)
            Add("x.number = any (@numbers)", "numbers", numbers.ToArray());
        return (from, parameters);

        void Add(string condition, string name, object value)
        {
            from += " and " + condition;
            parameters.Add(name, value);
        }
    }

    private static async IAsyncEnumerable<Row> RowsAsync(
        BillingDb db,
        ListOpenItems query,
        string from,
        DynamicParameters parameters,
        int? limit,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (query.Age is { } age)
        {
            from += " and x.age = @age";
            parameters.Add("age", EnumText.Of(age));
        }
        var order = OpenItemOrder.Of(query.Sort);
        if (order.Behind(query.After, parameters) is { } behind)
            from += " and " + behind;
        parameters.Add("size", limit, System.Data.DbType.Int32);
        var rows = (await db.ConnectionAsync(ct)).QueryUnbufferedAsync<Row>(
            $"""
            select x.number, x.member_number as Member, x.name, x.iban, x.amount, x.open, x.due, x.payment_route as Route, x.age, x.payment_text as Reference,
              {order.EdgeSql} as Edge
            {from} order by {order.Sql} limit @size
            """,
            parameters,
            db.Transaction,
            commandTimeout: limit is null ? 600 : null
        );
        await foreach (var row in rows.WithCancellation(ct))
            yield return row;
    }

    private sealed class Row
    {
        public required string Number { get; init; }

        public required string Member { get; init; }

        public required string Name { get; init; }

        public string? Iban { get; init; }

        public decimal Amount { get; init; }

        public decimal Open { get; init; }

        public DateOnly Due { get; init; }

        public required string Route { get; init; }

        public required string Age { get; init; }

        public required string Reference { get; init; }

        public required string[] Edge { get; init; }

        public OpenItem ToItem() =>
            new(
                Number,
                Member,
                Name,
                Iban,
                new Money(Amount),
                new Money(Open),
                Due,
                EnumText.Parse<PaymentRoute>(Route),
                EnumText.Parse<OpenItemAge>(Age),
                Reference
            );
    }
}
