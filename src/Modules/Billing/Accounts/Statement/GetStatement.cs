using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Accounts.Statement;

/// <summary>A member's account over a period, by the days of booking, so that every balance is the ledger's; null when there is no such account.</summary>
/// <param name="Member">The member's number.</param>
/// <param name="From">First day; null for the beginning.</param>
/// <param name="To">Last day, that day included; null for today.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record GetStatement(string Member, DateOnly? From = null, DateOnly? To = null) : IQuery<AccountStatement?>;

/// <summary>A member's account over a period.</summary>
/// <param name="Holder">Whose.</param>
/// <param name="From">First day; null for the beginning.</param>
/// <param name="To">Last day.</param>
/// <param name="Before">The balance before the first line; negative is credit.</param>
/// <param name="Lines">In the order of booking.</param>
/// <param name="Open">What is to be paid today, the longest due first; whatever the period is.</param>
/// <param name="Credit">What the association owes the member today.</param>
internal sealed record AccountStatement(
    AccountHolder Holder,
    DateOnly? From,
    DateOnly To,
    Money Before,
    IReadOnlyList<StatementLine> Lines,
    IReadOnlyList<OpenReceivable> Open,
    Money Credit
)
{
    /// <summary>The balance after the last line.</summary>
    public Money After => Lines.Count > 0 ? Lines[^1].Balance : Before;

    /// <summary>What is to be paid today.</summary>
    public Money OpenSum => Money.Sum(Open.Select(o => o.Open));

    /// <summary>Documents of the period that can be printed again.</summary>
    public IReadOnlyList<string> Documents => [.. Lines.Where(l => l.HasDocument).Select(l => l.Number!)];
}

/// <summary>Billing's copy of the member.</summary>
internal sealed record AccountHolder(AccountId Account, string Number, string Name, string Language, PrintedAddress Recipient, string? Iban);

/// <summary>A line of a statement.</summary>
/// <param name="BookedOn">The day it entered the books.</param>
/// <param name="DatedOn">The day it happened.</param>
/// <param name="Kind">What.</param>
/// <param name="Number">The document, or what was paid; null when it concerns the account alone.</param>
/// <param name="HasDocument">The line is that document, and its PDF is there.</param>
/// <param name="Text">What the payer, the document or the list says.</param>
/// <param name="Debit">The member owes so much more.</param>
/// <param name="Credit">The member owes so much less.</param>
/// <param name="Balance">What the member owes after it; negative is credit.</param>
/// <param name="Late">What of it came late on something written off: owed again and paid at once, on both sides of the line.</param>
/// <param name="Payment">Of a payment that is not taken back: its number in the journal.</param>
internal sealed record StatementLine(
    DateOnly BookedOn,
    DateOnly DatedOn,
    PostingKind Kind,
    string? Number,
    bool HasDocument,
    string Text,
    Money Debit,
    Money Credit,
    Money Balance,
    Money Late = default,
    long? Payment = null
);

/// <summary>Something to be paid.</summary>
/// <param name="Number">Of the invoice or the item taken over.</param>
/// <param name="Origin">What the list called an item taken over, or the reminder that cost a fee; null for an invoice.</param>
/// <param name="DueOn">Last day for a transfer.</param>
/// <param name="Amount">Of the document.</param>
/// <param name="Open">Still to be paid.</param>
/// <param name="Route">How.</param>
/// <param name="IsFee">It is the fee of a reminder.</param>
internal sealed record OpenReceivable(string Number, string? Origin, DateOnly DueOn, Money Amount, Money Open, PaymentRoute Route, bool IsFee = false);

internal static class GetStatementHandler
{
    public static async Task<AccountStatement?> HandleAsync(GetStatement query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var holder = await connection.QuerySingleOrDefaultAsync<(Guid Id, string Number, string Name, string Language, string Recipient, string? Iban)?>(
            new CommandDefinition(
                "select id, member_number, name, language, recipient::text, iban from billing.account where member_number = @number order by id limit 1",
                new { number = query.Member.Trim() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (holder is not { } found)
            return null;

        var to = query.To ?? clock.Today();
        var (before, lines) = await LinesAsync(db, found.Id, query.From, to, ct);
        var open = await connection.QueryAsync<(string Number, string? Origin, DateOnly Due, decimal Amount, decimal Open, string Route, bool IsFee)>(
            new CommandDefinition(
                """
                select number, origin, due_on, amount, open, payment_route, kind = 'fee' from billing.open_receivable where account_id = @id
                 order by due_on, year, sequence
                """,
                new { id = found.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var credit = await connection.ExecuteScalarAsync<decimal?>(
            new CommandDefinition(
                "select balance from billing.credit_balance where account_id = @id",
                new { id = found.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new AccountStatement(
            new AccountHolder(new AccountId(found.Id), found.Number, found.Name, found.Language, BillingJson.Read<PrintedAddress>(found.Recipient), found.Iban),
            query.From,
            to,
            before,
            lines,
            [
                .. open.Select(o => new OpenReceivable(
                    o.Number,
                    o.Origin,
                    o.Due,
                    new Money(o.Amount),
                    new Money(o.Open),
                    EnumText.Parse<PaymentRoute>(o.Route),
                    o.IsFee
                )),
            ],
            new Money(credit ?? 0)
        );
    }

    // What an entry does to the account is the sum over its receivables and its credit: an overpayment is one line.
    private static async Task<(Money Before, IReadOnlyList<StatementLine> Lines)> LinesAsync(
        BillingDb db,
        Guid account,
        DateOnly? from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<(
            DateOnly Booked,
            DateOnly Dated,
            string Kind,
            string? Number,
            bool HasDocument,
            string Text,
            decimal Effect,
            decimal Late,
            long? Payment
        )>(
            new CommandDefinition(
                """
                select p.booked_on, p.dated_on, p.kind, coalesce(i.number, e.number),
                       p.kind in ('invoice', 'cancellation') and exists (select from billing.invoice_document d where d.invoice_id = p.invoice_id), p.text,
                         x.effect, x.late,
                       case when p.kind = 'payment' and not exists (select from billing.posting r where r.reverses_id = p.id) then p.sequence end
                  from billing.account_movement x join billing.posting p on p.id = x.posting_id
                  left join billing.invoice i on i.id = p.invoice_id left join billing.item e on e.id = p.item_id
                 where x.account_id = @account and p.booked_on <= @to order by p.booked_on, p.sequence
                """,
                new { account, to },
                db.Transaction,
                cancellationToken: ct
            )
        );

        var (before, balance, lines) = (Money.Zero, Money.Zero, new List<StatementLine>());
        foreach (var (booked, dated, kind, number, hasDocument, text, effect, late, payment) in rows)
        {
            balance += new Money(effect);
            if (booked < from)
                before = balance;
            else
                lines.Add(
                    new StatementLine(
                        booked,
                        dated,
                        EnumText.Parse<PostingKind>(kind),
                        number,
                        hasDocument,
                        text,
                        new Money(Math.Max(effect, 0) + late),
                        new Money(Math.Max(-effect, 0) + late),
                        balance,
                        new Money(late),
                        payment
                    )
                );
        }
        return (before, lines);
    }
}
