using System.Runtime.CompilerServices;
using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.OpenItems;

/// <summary>A page of what is still to be paid, with the sums by age over all of it.</summary>
/// <param name="Filter">Which; null for all.</param>
/// <param name="After">The rows behind this edge.</param>
/// <param name="Size">Rows a page.</param>
/// <param name="Sort">The order; null for the longest due first.</param>
/// <param name="Before">The rows ahead of this edge.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListOpenItems(OpenItemFilter? Filter = null, string? After = null, int Size = 100, string? Sort = null, string? Before = null)
    : IQuery<OpenItemList>;

/// <summary>Which open items.</summary>
/// <param name="Search">Part of an invoice's number, a member's number or name; empty for all.</param>
/// <param name="Age">Null for all.</param>
/// <param name="Route">Null for both.</param>
/// <param name="OpenFrom">At least so much is open; null for all.</param>
/// <param name="OpenTo">At most so much is open; null for all.</param>
/// <param name="Days">Overdue for at least so many days; null for all.</param>
/// <param name="Level">The level that was reached last; null for all.</param>
/// <param name="Stopped">Only those that are not reminded of.</param>
/// <param name="Numbers">Only these, ticked one by one; null for all.</param>
internal sealed record OpenItemFilter(
    string Search = "",
    OpenItemAge? Age = null,
    PaymentRoute? Route = null,
    decimal? OpenFrom = null,
    decimal? OpenTo = null,
    int? Days = null,
    DunningLevel? Level = null,
    bool Stopped = false,
    IReadOnlyList<string>? Numbers = null
)
{
    /// <summary>The conditions on the rows <c>x</c>, without the age: its sums are told for all ages.</summary>
    public SqlConditions ToSql(DateOnly today) =>
        new SqlConditions(new { today, text = Search.Trim() })
            .When(
                Search.Trim() is { Length: > 0 } text ? $"%{SqlLike.Escape(text)}%" : null,
                "(x.number ilike @like or x.search_name like platform.fold(@like) or x.member_number = @text)",
                "like"
            )
            .When(Route is { } route ? EnumText.Of(route) : null, "x.payment_route = @route", "route")
            .When(OpenFrom, "x.open >= @openfrom", "openfrom")
            .When(OpenTo, "x.open <= @opento", "opento")
            .When(Days, "x.age <> 'not_due' and @today::date - x.due >= @days", "days")
            .When(Level is { } level ? (int)level : null, "x.level = @level", "level")
            .When(Stopped ? true : null, "(x.stop is not null) = @stopped", "stopped")
            .When(Numbers?.ToArray(), "x.number = any (@numbers)", "numbers");
}

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

/// <summary>An invoice, an item taken over, or a fee, on which something is open.</summary>
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
)
{
    /// <summary>Whole days since the due day; null while it is not due.</summary>
    public int? Days { get; init; }

    /// <summary>How far the reminders came; null without one.</summary>
    public DunningLevel? Level { get; init; }

    /// <summary>Why nobody reminds: the name of the reason; null while nothing stops it.</summary>
    public string? Stop { get; init; }
}

/// <summary>Open items of one age.</summary>
internal sealed record AgeSum(OpenItemAge Age, int Count, Money Open);

/// <summary>A page of open items.</summary>
/// <param name="Page">In the order asked for.</param>
/// <param name="Ages">Count and sum of each age, over everything that the search finds; all five.</param>
internal sealed record OpenItemList(ListPage<OpenItem> Page, IReadOnlyList<AgeSum> Ages)
{
    public IReadOnlyList<OpenItem> Rows => Page.Rows;

    public string? After => Page.After;

    public int Count => Ages.Sum(a => a.Count);

    public Money Open => Money.Sum(Ages.Select(a => a.Open));
}

internal static class ListOpenItemsHandler
{
    private const string From = """
        from (select i.series, i.year, i.sequence::int as sequence, i.number, a.member_number, a.name, a.search_name, coalesce(i.iban, a.iban) as iban,
          i.amount, i.open, i.due_on as due, i.payment_route, i.payment_text, coalesce(m.level, 0) as level,
                     (select s.reason from billing.dunning_stop_on(i.account_id, i.id, @today) s) as stop,
                     case when i.payment_route = 'direct_debit' or i.due_on >= @today then 'not_due' when @today - i.due_on <= 30 then 'up_to30'
                          when @today - i.due_on <= 60 then 'up_to60' when @today - i.due_on <= 90 then 'up_to90' else 'over90' end as age
                from billing.open_receivable i join billing.account a on a.id = i.account_id
                left join lateral (select max(r.level) as level from billing.reminder_item r
                                    where r.live and coalesce(r.invoice_id, r.item_id) = i.id) m on true) x
        """;

    public static async Task<OpenItemList> HandleAsync(ListOpenItems query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var (filter, today) = (query.Filter ?? new OpenItemFilter(), clock.Today());
        var where = filter.ToSql(today);
        var sums = (
            await (await db.ConnectionAsync(ct)).QueryAsync<(string Age, int Count, decimal Open)>(
                new CommandDefinition(
                    $"select x.age, count(*)::int, sum(x.open) {From} where {where.Sql} group by x.age",
                    where.Parameters,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToDictionary(s => EnumText.Parse<OpenItemAge>(s.Age));
        var window = PageWindow.At(OpenItemsView.OpenItemOrders.Of(query.Sort), query.After, query.Before, query.Size);
        var rows = await RowsAsync(db, filter, today, window, ct).ToListAsync(ct);
        return new OpenItemList(
            window.Cut(rows, r => r.Edge).Of(r => r.ToItem(today)),
            [
                .. Enum.GetValues<OpenItemAge>()
                    .Select(a => sums.TryGetValue(a, out var s) ? new AgeSum(a, s.Count, new Money(s.Open)) : new AgeSum(a, 0, Money.Zero)),
            ]
        );
    }

    /// <summary>All that the filter lets through, row by row as the database answers.</summary>
    public static async IAsyncEnumerable<OpenItem> AllAsync(
        BillingDb db,
        OpenItemFilter filter,
        string? sort,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var today = clock.Today();
        await foreach (var row in RowsAsync(db, filter, today, PageWindow.Everything(OpenItemsView.OpenItemOrders.Of(sort)), ct))
            yield return row.ToItem(today);
    }

    private static async IAsyncEnumerable<Row> RowsAsync(
        BillingDb db,
        OpenItemFilter filter,
        DateOnly today,
        PageWindow window,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var where = window.Within(filter.ToSql(today).When(filter.Age is { } age ? EnumText.Of(age) : null, "x.age = @age", "age"));
        var rows = (await db.ConnectionAsync(ct)).QueryUnbufferedAsync<Row>(
            $"""
            select x.number, x.member_number as Member, x.name, x.iban, x.amount, x.open, x.due, x.payment_route as Route, x.age, x.payment_text as Reference,
              x.level as Level, x.stop as Stop,
              {window.EdgeSql} as Edge
            {From} where {where.Sql} order by {window.OrderSql} limit @limit
            """,
            where.Parameters,
            db.Transaction,
            commandTimeout: window.IsEverything ? 600 : null
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

        public int Level { get; init; }

        public string? Stop { get; init; }

        public required string[] Edge { get; init; }

        public OpenItem ToItem(DateOnly today)
        {
            var age = EnumText.Parse<OpenItemAge>(Age);
            return new(Number, Member, Name, Iban, new Money(Amount), new Money(Open), Due, EnumText.Parse<PaymentRoute>(Route), age, Reference)
            {
                Days = age == OpenItemAge.NotDue ? null : today.DayNumber - Due.DayNumber,
                Level = Level == 0 ? null : (DunningLevel)Level,
                Stop = Stop,
            };
        }
    }
}
