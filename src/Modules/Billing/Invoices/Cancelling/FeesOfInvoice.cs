using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>What becomes of the fees of reminders that asked for an invoice when it is cancelled; empty when there are none.</summary>
/// <param name="Number">Of the invoice.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadFeesOfInvoice(string Number) : IQuery<IReadOnlyList<FeeOfInvoice>>;

/// <summary>The fee of a reminder that asked for an invoice, as long as nothing of it is waived or written off.</summary>
/// <param name="Id">The item.</param>
/// <param name="Number">As the office names it.</param>
/// <param name="Letter">Number of the reminder.</param>
/// <param name="Entry">That posted it.</param>
/// <param name="Amount">Of it.</param>
/// <param name="Open">Still to be paid.</param>
/// <param name="AskedForMore">The reminder asked for something else that still stands, too: then the fee stays.</param>
internal sealed record FeeOfInvoice(ItemId Id, string Number, string Letter, PostingId Entry, Money Amount, Money Open, bool AskedForMore);

internal static class ReadFeesOfInvoiceHandler
{
    public static async Task<IReadOnlyList<FeeOfInvoice>> HandleAsync(ReadFeesOfInvoice query, BillingDb db, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<Guid?>(
            new CommandDefinition(
                "select id from billing.invoice where number = @number",
                new { number = query.Number.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        )
            is { } id
            ? await FeesOfInvoice.FindAsync(db, new InvoiceId(id), ct)
            : [];
}

/// <summary>A reminder of an invoice that turned out wrong cost its fee for nothing: it goes with the invoice, unless the letter asked for something
/// else.</summary>
internal static class FeesOfInvoice
{
    private const string Asked = """
          from billing.reminder_item i join billing.reminder r on r.letter_id = i.letter_id join billing.item f on f.id = r.fee_item_id and not f.undone
         where coalesce(i.invoice_id, i.item_id) = @invoice and i.live
        """;

    /// <summary>Without a lock.</summary>
    public static async Task<IReadOnlyList<FeeOfInvoice>> FindAsync(BillingDb db, InvoiceId invoice, CancellationToken ct) =>
        [
            .. (
                await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Id, string Number, string Letter, Guid Entry, decimal Amount, decimal Open, bool More)>(
                    new CommandDefinition(
                        $"""
                        select f.id, f.number, f.origin, (select p.id from billing.posting p where p.item_id = f.id and p.kind = 'fee'), f.amount,
                               (select sum(l.debit - l.credit) from billing.posting_line l where l.item_id = f.id),
                               exists (select from billing.reminder_item x left join billing.item y on y.id = x.item_id
                                        where x.letter_id = r.letter_id and x.invoice_id is distinct from @invoice and not coalesce(y.undone, false)
                                          and not exists (select from billing.invoice c where c.cancels_id = x.invoice_id))
                        {Asked}
                           and not exists (select from billing.forgiven_item g where g.item_id = f.id and g.waived + g.written_off > 0)
                         order by f.sequence
                        """,
                        new { invoice = invoice.Value },
                        db.Transaction,
                        cancellationToken: ct
                    )
                )
            ).Select(f => new FeeOfInvoice(new ItemId(f.Id), f.Number, f.Letter, new PostingId(f.Entry), new Money(f.Amount), new Money(f.Open), f.More)),
        ];

    /// <summary>Takes back those that go with the invoice, which is locked: each by an entry of its own; what was paid on them becomes credit.</summary>
    /// <returns>What was taken back.</returns>
    public static async Task<IReadOnlyList<FeeOfInvoice>> TakeBackAsync(
        BillingDb db,
        InvoiceId invoice,
        AccountId account,
        DateOnly today,
        string by,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        // A payment that is being booked on one of them is waited for; then they are read.
        await connection.ExecuteAsync(
            new CommandDefinition(
                $"select from billing.item where id in (select f.id {Asked}) order by id for no key update",
                new { invoice = invoice.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var fees = (await FindAsync(db, invoice, ct)).Where(f => !f.AskedForMore).ToList();
        if (fees.Count == 0)
            return [];
        await Journal.AppendAsync(connection, [.. fees.Select(f => Posting.OfReversedFee(f.Entry, f.Id, account, f.Amount, f.Open, today, f.Letter))], by, ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update billing.item set undone = true where id = any (@ids)",
                new { ids = fees.Select(f => f.Id.Value).ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return fees;
    }
}
