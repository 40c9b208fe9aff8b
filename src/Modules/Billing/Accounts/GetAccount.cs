using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Accounts;

/// <summary>A member's account with its statement; null when the member has none yet.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record GetAccount(MemberId Member) : IQuery<AccountView?>;

/// <summary>A member's account.</summary>
/// <param name="MemberNumber">Whose.</param>
/// <param name="Open">What the member owes.</param>
/// <param name="NextDue">When the first of it is due; null when nothing is open.</param>
/// <param name="Credit">What the association owes the member.</param>
/// <param name="Movements">The newest first, each with the balance after it.</param>
internal sealed record AccountView(string MemberNumber, Money Open, DateOnly? NextDue, Money Credit, IReadOnlyList<AccountMovement> Movements);

/// <summary>A line of the statement.</summary>
/// <param name="DatedOn">When it happened.</param>
/// <param name="Kind">What.</param>
/// <param name="Invoice">The document, or the invoice that was paid.</param>
/// <param name="Text">What the payer or the document says.</param>
/// <param name="Debit">The member owes so much more.</param>
/// <param name="Credit">The member owes so much less.</param>
/// <param name="Balance">What the member owes after it; negative is credit.</param>
/// <param name="Late">What of it came late on something written off: owed again and paid at once, on both sides of the line.</param>
internal sealed record AccountMovement(DateOnly DatedOn, PostingKind Kind, string? Invoice, string Text, Money Debit, Money Credit, Money Balance, Money Late);

internal static class GetAccountHandler
{
    public static async Task<AccountView?> HandleAsync(GetAccount query, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var found = await connection.QuerySingleOrDefaultAsync<(Guid Id, string Number)?>(
            new CommandDefinition(
                "select id, member_number from billing.account where member_id = @id",
                new { id = query.Member.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (found is not { } account)
            return null;

        var sums = await connection.QuerySingleAsync<(decimal Open, DateOnly? NextDue, decimal Credit)>(
            new CommandDefinition(
                """
                select coalesce(sum(o.open), 0), min(o.due_on), coalesce((select balance from billing.credit_balance where account_id = @id), 0)
                  from billing.open_receivable o where o.account_id = @id
                """,
                new { id = account.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        // What an entry does to the account is the sum over its receivables and its credit: an overpayment is one movement.
        var rows = await connection.QueryAsync<(DateOnly Dated, string Kind, string? Invoice, string Text, decimal Effect, decimal Late)>(
            new CommandDefinition(
                """
                select p.dated_on, p.kind, coalesce(i.number, e.number), p.text, x.effect, x.late
                  from billing.account_movement x join billing.posting p on p.id = x.posting_id
                  left join billing.invoice i on i.id = p.invoice_id left join billing.item e on e.id = p.item_id
                 where x.account_id = @id order by p.sequence
                """,
                new { id = account.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );

        var (movements, balance) = (new List<AccountMovement>(), Money.Zero);
        foreach (var (dated, kind, invoice, text, effect, late) in rows)
        {
            balance += new Money(effect);
            movements.Add(
                new AccountMovement(
                    dated,
                    EnumText.Parse<PostingKind>(kind),
                    invoice,
                    text,
                    new Money(Math.Max(effect, 0) + late),
                    new Money(Math.Max(-effect, 0) + late),
                    balance,
                    new Money(late)
                )
            );
        }
        movements.Reverse();
        return new AccountView(account.Number, new Money(sums.Open), sums.NextDue, new Money(sums.Credit), movements);
    }
}
