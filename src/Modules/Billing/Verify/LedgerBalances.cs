using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Billing.Verify;

/// <summary>Every entry balances and has its lines, the whole balances, nothing is overpaid, no credit is overdrawn.</summary>
internal sealed class LedgerBalances(OfficeDatabase database) : IVerifyCheck
{
    public string Name => "ledger-balances";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var found = await connection.QuerySingleAsync<Found>(
            new CommandDefinition(
                """
                select (select count(*) from billing.posting) as Postings,
                       (select count(*) from billing.posting p left join (select posting_id, sum(debit) as debit, sum(credit) as credit
                         from billing.posting_line group by 1) l
                          on l.posting_id = p.id where coalesce(l.debit, 0) = 0 or l.debit <> l.credit) as Unbalanced,
                       (select coalesce(sum(debit - credit), 0) from billing.posting_line) as Difference,
                       (select count(*) from billing.open_receivable where open < 0) as Overpaid,
                       (select count(*) from billing.credit_balance where balance < 0) as Overdrawn
                """,
                cancellationToken: ct
            )
        );
        var ok = found is { Unbalanced: 0, Difference: 0, Overpaid: 0, Overdrawn: 0 };
        return new CheckResult(
            ok,
            ok
                ? $"{found.Postings} postings balance"
                : $"{found.Unbalanced} of {found.Postings} postings do not balance, difference {found.Difference}; {found.Overpaid} items overpaid, {found.Overdrawn} credits overdrawn"
        );
    }

    private sealed record Found(long Postings, long Unbalanced, decimal Difference, long Overpaid, long Overdrawn);
}
