using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Ledger.Payments;

/// <summary>A payment as it stands in the journal; null when the entry is none.</summary>
/// <param name="Entry">Its number in the journal.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ReadPayment(long Entry) : IQuery<PaymentEntry?>;

/// <summary>A payment in the journal.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Entry">Its number in the journal.</param>
/// <param name="Number">Of the invoice or the item that it paid.</param>
/// <param name="MemberNumber">Whose.</param>
/// <param name="MemberName">Whose.</param>
/// <param name="ReceivedOn">Day of the bank's entry.</param>
/// <param name="Text">What the bank or the payer wrote.</param>
/// <param name="By">Who booked it.</param>
/// <param name="Amount">What came in.</param>
/// <param name="Credit">What the account has in hand.</param>
/// <param name="CancelledBy">The cancellation of the invoice; null without.</param>
/// <param name="TakenBack">By whom and when it was taken back; null when it was not.</param>
/// <param name="Lines">Its sides.</param>
/// <param name="Gone">What it paid and was cancelled or taken back since.</param>
internal sealed record PaymentEntry(
    PostingId Id,
    long Entry,
    string Number,
    string MemberNumber,
    string MemberName,
    DateOnly ReceivedOn,
    string Text,
    string By,
    Money Amount,
    Money Credit,
    string? CancelledBy,
    (DateOnly On, string By)? TakenBack,
    IReadOnlyList<PostingLine> Lines,
    IReadOnlySet<ItemRef> Gone
)
{
    /// <summary>What taking it back needs of the account's credit: what exceeded the open sum, and all that paid what is gone since.</summary>
    public Money FromCredit =>
        Money.Sum(Lines.Where(l => l.LedgerAccount == LedgerAccounts.Credit || (l.Item is { } paid && Gone.Contains(paid))).Select(l => l.CreditAmount));

    /// <summary>Reads without a lock.</summary>
    public static async Task<PaymentEntry?> FindAsync(BillingDb db, long entry, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                """
                select p.id, coalesce(i.number, e.number) as Number, a.member_number as MemberNumber, a.name as MemberName, p.dated_on as ReceivedOn, p.text,
                       p.posted_by as By, coalesce((select b.balance from billing.credit_balance b where b.account_id = a.id), 0) as Credit,
                       c.number as CancelledBy, r.booked_on as TakenBackOn, r.posted_by as TakenBackBy
                  from billing.posting p
                  left join billing.invoice i on i.id = p.invoice_id left join billing.item e on e.id = p.item_id
                  join billing.account a on a.id = coalesce(i.account_id, e.account_id)
                  left join billing.invoice c on c.cancels_id = i.id left join billing.posting r on r.reverses_id = p.id
                 where p.sequence = @entry and p.kind = 'payment'
                """,
                new { entry },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (row is null)
            return null;

        var lines = (
            await connection.QueryAsync<(string Account, Guid? Holder, Guid? Invoice, Guid? Opening, decimal Debit, decimal Credit, bool Gone)>(
                new CommandDefinition(
                    """
                    select l.ledger_account, l.account_id, l.invoice_id, l.item_id, l.debit, l.credit,
                           coalesce(e.undone, exists (select from billing.invoice c where c.cancels_id = l.invoice_id))
                      from billing.posting_line l left join billing.item e on e.id = l.item_id
                     where l.posting_id = @Id order by l.position
                    """,
                    new { row.Id },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        )
            .Select(l =>
                (
                    Side: new PostingLine(
                        l.Account,
                        l.Holder is { } holder ? new AccountId(holder) : null,
                        l.Invoice is { } invoice ? new InvoiceId(invoice)
                            : l.Opening is { } opening ? new ItemId(opening)
                            : default(ItemRef?),
                        new Money(l.Debit),
                        new Money(l.Credit)
                    ),
                    l.Gone
                )
            )
            .ToList();
        var sides = lines.Select(l => l.Side).ToList();
        return new PaymentEntry(
            new PostingId(row.Id),
            entry,
            row.Number,
            row.MemberNumber,
            row.MemberName,
            row.ReceivedOn,
            row.Text,
            row.By,
            Money.Sum(sides.Select(l => l.DebitAmount)),
            new Money(row.Credit),
            row.CancelledBy,
            row.TakenBackOn is { } on ? (on, row.TakenBackBy!) : null,
            sides,
            lines.Where(l => l.Gone).Select(l => l.Side.Item).OfType<ItemRef>().ToHashSet()
        );
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public required string Number { get; init; }

        public required string MemberNumber { get; init; }

        public required string MemberName { get; init; }

        public DateOnly ReceivedOn { get; init; }

        public required string Text { get; init; }

        public required string By { get; init; }

        public decimal Credit { get; init; }

        public string? CancelledBy { get; init; }

        public DateOnly? TakenBackOn { get; init; }

        public string? TakenBackBy { get; init; }
    }
}

internal static class ReadPaymentHandler
{
    public static Task<PaymentEntry?> HandleAsync(ReadPayment query, BillingDb db, CancellationToken ct) => PaymentEntry.FindAsync(db, query.Entry, ct);
}
