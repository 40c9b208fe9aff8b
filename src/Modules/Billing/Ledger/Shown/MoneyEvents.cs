using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Dapper;
using Npgsql;

namespace Association.Billing.Ledger.Shown;

/// <summary>Something that happened on an item or an account.</summary>
/// <param name="What">Kind of the entry, or <c>waiver_requested</c>, <c>refused</c> …</param>
/// <param name="Amount">Of the entry or the request.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
internal sealed record MoneyEvent(string What, Money Amount, DateTimeOffset At, string By);

/// <summary>All that happened on an item or an account: entries in the order of the journal, requests in that of time.</summary>
/// <param name="Amount">Open on the item, or in hand on the account.</param>
/// <param name="Entries">Of the journal.</param>
/// <param name="Requests">Asked for, given up, refused. What was agreed to is an entry.</param>
internal sealed record MoneyEvents(Money Amount, IReadOnlyList<MoneyEvent> Entries, IReadOnlyList<MoneyEvent> Requests)
{
    // The opposite entry of a cancellation touches the invoice only as far as that was open, so the cancellation's own entry is taken as well.
    private const string OfItem = """
        select p.sequence, p.kind, (select sum(l.debit) from billing.posting_line l where l.posting_id = p.id), p.posted_at, p.posted_by
          from billing.posting p
         where p.id in (select posting_id from billing.posting_line where invoice_id = @id or item_id = @id
                        union all select id from billing.posting
                                   where coalesce(invoice_id, item_id) = @id and kind not in ('invoice', 'cancellation')
                        union all select id from billing.posting where kind in ('invoice', 'cancellation')
                                     and invoice_id in (select @id union all select c.id from billing.invoice c where c.cancels_id = @id))
        union all select null, r.kind || '_requested', r.amount, r.requested_at, r.requested_by_name
          from billing.claim_relief r where (r.invoice_id = @id or r.item_id = @id) and r.needs_second
        union all select null, case when r.refusal is null then r.kind || '_withdrawn' else r.kind || '_refused' end, r.amount, r.ended_at, r.ended_by_name
          from billing.claim_relief r where (r.invoice_id = @id or r.item_id = @id) and r.ended_at is not null
        union all select null, 'cancellation_requested', i.amount, r.requested_at, r.requested_by_name
          from billing.cancellation_request r join billing.invoice i on i.id = r.invoice_id where i.id = @id
        union all select null, case when r.refusal is null then 'cancellation_withdrawn' else 'cancellation_refused' end, i.amount, r.ended_at, r.ended_by_name
          from billing.cancellation_request r join billing.invoice i on i.id = r.invoice_id where i.id = @id and r.ended_at is not null
         order by 1, 4
        """;

    private const string OfAccount = """
        select p.sequence, p.kind, (select sum(l.debit) from billing.posting_line l where l.posting_id = p.id), p.posted_at, p.posted_by
          from billing.posting p where p.id in (select posting_id from billing.posting_line where account_id = @id)
        union all select null, 'refund_requested', r.amount, r.requested_at, r.requested_by_name from billing.refund_request r where r.account_id = @id
        union all select null, case when r.refusal is null then 'refund_withdrawn' else 'refund_refused' end, r.amount, r.ended_at, r.ended_by_name
          from billing.refund_request r where r.account_id = @id and r.ended_at is not null
         order by 1, 4
        """;

    /// <summary>How many entries and requests <c>OfAccount</c> tells of an account <c>a</c>: two columns, for a list of accounts.</summary>
    public const string CountsOfAccount = """
        (select count(distinct l.posting_id)::int from billing.posting_line l where l.account_id = a.id),
        (select (count(*) + count(r.ended_at))::int from billing.refund_request r where r.account_id = a.id)
        """;

    /// <summary>What a page shows of it now.</summary>
    public AsShown AsShown => new(Amount, Entries.Count, Requests.Count);

    /// <summary>The id of an invoice or an item taken over; null when there is no such number.</summary>
    public static async Task<ItemRef?> ItemAsync(BillingDb db, string number, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var found = await connection.QuerySingleOrDefaultAsync<(Guid? Invoice, Guid? Opening)?>(
            new CommandDefinition(
                "select id, null::uuid from billing.invoice where number = @number union all select null, id from billing.item where number = @number",
                new { number = number.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return found switch
        {
            { Invoice: { } invoice } => new InvoiceId(invoice),
            { Opening: { } opening } => new ItemId(opening),
            _ => default(ItemRef?),
        };
    }

    /// <summary>What happened on an invoice or an item taken over.</summary>
    public static async Task<MoneyEvents> OfItemAsync(BillingDb db, ItemRef item, CancellationToken ct) =>
        await OfItemAsync(await db.ConnectionAsync(ct), db.Transaction, item, ct);

    /// <summary>The same on a connection of another module's reading.</summary>
    public static Task<MoneyEvents> OfItemAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, ItemRef item, CancellationToken ct) =>
        ReadAsync(
            connection,
            transaction,
            item.Invoice?.Value ?? item.Other!.Value.Value,
            OfItem,
            "select sum(debit - credit) from billing.posting_line where invoice_id = @id or item_id = @id",
            ct
        );

    /// <summary>What happened on an account.</summary>
    public static async Task<MoneyEvents> OfAccountAsync(BillingDb db, AccountId account, CancellationToken ct) =>
        await ReadAsync(
            await db.ConnectionAsync(ct),
            db.Transaction,
            account.Value,
            OfAccount,
            "select balance from billing.credit_balance where account_id = @id",
            ct
        );

    /// <summary>What happened behind what a page showed, in the order of time.</summary>
    public IReadOnlyList<MoneyEvent> Since(AsShown shown) => [.. Entries.Skip(shown.Entries).Concat(Requests.Skip(shown.Requests)).OrderBy(e => e.At)];

    private static async Task<MoneyEvents> ReadAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        Guid id,
        string events,
        string amount,
        CancellationToken ct
    )
    {
        var found = (
            await connection.QueryAsync<(long? Sequence, string What, decimal Amount, DateTime At, string By)>(
                new CommandDefinition(events, new { id }, transaction, cancellationToken: ct)
            )
        ).ToLookup(e => e.Sequence is not null, e => new MoneyEvent(e.What, new Money(e.Amount), e.At, e.By));
        var left = await connection.ExecuteScalarAsync<decimal?>(new CommandDefinition(amount, new { id }, transaction, cancellationToken: ct));
        return new MoneyEvents(new Money(left ?? 0), [.. found[true]], [.. found[false]]);
    }
}
