using Association.Billing.Data;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Ledger.Payments;

/// <summary>The accounts that have something in hand, the largest first, with the oldest open invoice that it could pay.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListCredits : IQuery<IReadOnlyList<CreditBalance>>;

/// <summary>What the association owes a member.</summary>
/// <param name="MemberNumber">Whose.</param>
/// <param name="MemberName">Whose.</param>
/// <param name="Balance">More than zero.</param>
/// <param name="OpenInvoice">The oldest open invoice of the same account; null without.</param>
/// <param name="Open">What is open on it.</param>
/// <param name="Shown">What a form beside it is to carry.</param>
internal sealed record CreditBalance(string MemberNumber, string MemberName, Money Balance, string? OpenInvoice, Money Open, AsShown Shown);

internal static class ListCreditsHandler
{
    public static async Task<IReadOnlyList<CreditBalance>> HandleAsync(ListCredits _, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<(string Number, string Name, decimal Balance, string? Invoice, decimal? Open, int Entries, int Requests)>(
            new CommandDefinition(
                $"""
                select a.member_number, a.name, c.balance, o.number, o.open, {MoneyEvents.CountsOfAccount}
                  from billing.credit_balance c join billing.account a on a.id = c.account_id
                  left join lateral (select x.number, x.open from billing.open_receivable x
                                      where x.account_id = a.id order by x.due_on, x.year, x.sequence limit 1) o on true
                 order by c.balance desc, a.id
                """,
                transaction: db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new CreditBalance(
                r.Number,
                r.Name,
                new Money(r.Balance),
                r.Invoice,
                new Money(r.Open ?? 0),
                new AsShown(new Money(r.Balance), r.Entries, r.Requests)
            )),
        ];
    }
}
