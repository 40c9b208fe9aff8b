using System.Runtime.CompilerServices;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Browsing;

/// <summary>A page of the issued documents, read by key: a page far down costs as much as the first.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Sort"><c>number</c>, <c>name</c>, <c>due</c>, <c>issued</c> or <c>amount</c>; with „-“ before it from the end. Anything else: the newest
/// first.</param>
/// <param name="After">The rows behind this edge.</param>
/// <param name="Size">Rows a page.</param>
/// <param name="Before">The rows ahead of this edge.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ListInvoices(InvoiceFilter Filter, string? Sort = null, string? After = null, int Size = 50, string? Before = null)
    : IQuery<InvoiceList>;

/// <summary>A line of the list.</summary>
internal sealed record InvoiceLine(
    InvoiceId Id,
    string Number,
    string MemberNumber,
    string MemberName,
    int? DuesYear,
    DateOnly IssuedOn,
    DateOnly DueOn,
    DateOnly? CollectOn,
    PaymentRoute Route,
    Money Amount,
    Money Open,
    InvoiceState State,
    bool HasDocument
)
{
    /// <summary>The day on which money is expected; null of a cancellation.</summary>
    public DateOnly? PayOn => State == InvoiceState.Cancellation ? null : CollectOn ?? DueOn;
}

/// <summary>A page and what it is a page of.</summary>
/// <param name="Page">In the order asked for.</param>
/// <param name="Total">All matches.</param>
/// <param name="Amount">Sum of their amounts; cancellations count negative.</param>
/// <param name="Open">Sum of what is open on them.</param>
internal sealed record InvoiceList(ListPage<InvoiceLine> Page, int Total, Money Amount, Money Open)
{
    public IReadOnlyList<InvoiceLine> Rows => Page.Rows;

    public string? After => Page.After;
}

internal static class ListInvoicesHandler
{
    public static async Task<InvoiceList> HandleAsync(ListInvoices query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        var connection = await db.ConnectionAsync(ct);
        var where = query.Filter.ToSql(today);
        var totals = await connection.QuerySingleAsync<(int Count, decimal Amount, decimal Open)>(
            new CommandDefinition(
                $"""
                select count(*)::int, coalesce(sum(i.amount), 0), coalesce(sum(o.open), 0)
                  from billing.invoice i join billing.account a on a.id = i.account_id left join billing.open_item o on o.invoice_id = i.id
                 where {where.Sql}
                """,
                where.Parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );

        var window = PageWindow.At(InvoicesView.InvoiceOrders.Of(query.Sort), query.After, query.Before, query.Size);
        var rows = await RowsAsync(db, where, window, ct).ToListAsync(ct);
        return new InvoiceList(window.Cut(rows, r => r.Edge).Of(r => r.ToLine(today)), totals.Count, new Money(totals.Amount), new Money(totals.Open));
    }

    /// <summary>All that the filter lets through, row by row as the database answers.</summary>
    public static async IAsyncEnumerable<InvoiceLine> AllAsync(
        BillingDb db,
        InvoiceFilter filter,
        string? sort,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var today = clock.Today();
        await foreach (var row in RowsAsync(db, filter.ToSql(today), PageWindow.Everything(InvoicesView.InvoiceOrders.Of(sort)), ct))
            yield return row.ToLine(today);
    }

    private static async IAsyncEnumerable<Row> RowsAsync(
        BillingDb db,
        SqlConditions conditions,
        PageWindow window,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var where = window.Within(conditions);
        var connection = await db.ConnectionAsync(ct);
        var rows = connection.QueryUnbufferedAsync<Row>(
            $"""
            select i.id, i.number, a.member_number as MemberNumber, a.name as MemberName, i.dues_year as DuesYear, i.issued_on as IssuedOn, i.due_on as DueOn,
                   i.collect_on as CollectOn, i.payment_route as Route, i.amount, coalesce(o.open, 0) as Open, i.kind = 'cancellation' as IsCancellation,
                   exists (select from billing.invoice c where c.cancels_id = i.id) as IsCancelled,
                   exists (select from billing.invoice_document d where d.invoice_id = i.id) as HasDocument,
                   coalesce(f.waived, 0) as Waived, coalesce(f.written_off, 0) as WrittenOff, {window.EdgeSql} as Edge
              from billing.invoice i join billing.account a on a.id = i.account_id
              left join lateral (select sum(l.debit - l.credit) as open from billing.posting_line l where l.invoice_id = i.id) o on true
              left join billing.forgiven f on f.invoice_id = i.id
             where {where.Sql} order by {window.OrderSql} limit @limit
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
        public Guid Id { get; init; }

        public required string Number { get; init; }

        public required string MemberNumber { get; init; }

        public required string MemberName { get; init; }

        public int? DuesYear { get; init; }

        public DateOnly IssuedOn { get; init; }

        public DateOnly DueOn { get; init; }

        public DateOnly? CollectOn { get; init; }

        public required string Route { get; init; }

        public decimal Amount { get; init; }

        public decimal Open { get; init; }

        public bool IsCancellation { get; init; }

        public bool IsCancelled { get; init; }

        public bool HasDocument { get; init; }

        public decimal Waived { get; init; }

        public decimal WrittenOff { get; init; }

        public required string[] Edge { get; init; }

        public InvoiceLine ToLine(DateOnly today)
        {
            var (route, open) = (EnumText.Parse<PaymentRoute>(Route), new Money(Open));
            return new InvoiceLine(
                new InvoiceId(Id),
                Number,
                MemberNumber,
                MemberName,
                DuesYear,
                IssuedOn,
                DueOn,
                CollectOn,
                route,
                new Money(Amount),
                open,
                InvoiceFilter.StateOf(
                    IsCancellation,
                    IsCancelled,
                    open,
                    DueOn,
                    route == PaymentRoute.DirectDebit,
                    today,
                    new Money(Waived),
                    new Money(WrittenOff)
                ),
                HasDocument
            );
        }
    }
}
