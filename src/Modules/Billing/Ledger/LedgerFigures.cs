using Association.Billing.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger;

/// <summary>What members owe, how much of it is overdue, and what the association owes them; and the days on which invoices fall due.</summary>
internal sealed class LedgerFigures(OfficeDatabase database, TimeProvider clock, IStringLocalizer<BillingTexts> texts) : ITodayFigure, IDeadlines
{
    public async Task<IReadOnlyList<TodayFigure>> ReadAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(BillingModule.ReadLedger))
            return [];
        await using var connection = await database.OpenConnectionAsync(ct);
        var (open, overdue, credits, accounts) = await connection.QuerySingleAsync<(decimal Open, decimal Overdue, decimal Credits, int Accounts)>(
            new CommandDefinition(
                """
                select (select coalesce(sum(open), 0) from billing.open_receivable),
                       (select coalesce(sum(open), 0) from billing.open_receivable where due_on < @today and payment_route <> 'direct_debit'),
                       (select coalesce(sum(balance), 0) from billing.credit_balance), (select count(*)::int from billing.credit_balance)
                """,
                new { today = clock.Today() },
                cancellationToken: ct
            )
        );
        var figures = new List<TodayFigure>
        {
            new(
                200,
                texts["Figure.Open"],
                Formats.Of(new Money(open)),
                overdue > 0 ? texts["Figure.Overdue", Formats.Of(new Money(overdue))] : texts["Figure.NothingOverdue"],
                BillingPages.OpenItems,
                overdue > 0
            ),
        };
        if (accounts > 0)
            figures.Add(
                new(
                    210,
                    texts["Figure.Credits"],
                    Formats.Of(new Money(credits)),
                    texts["Figure.Accounts", new Count(accounts)],
                    BillingPages.Ledger + "#credits"
                )
            );
        return figures;
    }

    public async Task<IReadOnlyList<Deadline>> FindAsync(Actor actor, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (!actor.May(BillingModule.ReadLedger))
            return [];
        await using var connection = await database.OpenConnectionAsync(ct);
        var days = await connection.QueryAsync<(DateOnly Day, int Count, decimal Open)>(
            new CommandDefinition(
                "select due_on, count(*)::int, sum(open) from billing.open_receivable where due_on between @from and @to group by due_on",
                new { from, to },
                cancellationToken: ct
            )
        );
        return
        [
            .. days.Select(d => new Deadline(
                d.Day,
                texts["Deadline.Due", new Count(d.Count)],
                texts["Deadline.DueDetail", Formats.Of(new Money(d.Open))],
                BillingPages.OpenItems
            )),
        ];
    }
}
