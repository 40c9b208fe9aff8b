using Association.Billing.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing;

/// <summary>What is due in the books: documents still being made, and credits that somebody must set off or pay back.</summary>
internal sealed class BillingTasks(OfficeDatabase database, TimeProvider clock, IStringLocalizer<BillingTexts> texts) : ITodayTask
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(BillingModule.ReadLedger))
            return [];
        await using var connection = await database.OpenConnectionAsync(ct);
        var found = await connection.QuerySingleAsync<(int Pending, DateTime? Oldest, int Credits, decimal Balance)>(
            new CommandDefinition(
                """
                with pending as (select i.issued_at from billing.invoice i where not exists (select from billing.invoice_document d where d.invoice_id = i.id))
                select (select count(*)::int from pending), (select min(issued_at) from pending),
                       (select count(*)::int from billing.credit_balance), (select coalesce(sum(balance), 0) from billing.credit_balance)
                """,
                cancellationToken: ct
            )
        );

        var rows = new List<TodayRow>();
        if (found.Pending > 0)
        {
            var stuck = found.Oldest < clock.GetUtcNow() - Patience;
            rows.Add(
                new TodayRow(
                    texts["Menu.Finance"],
                    texts[stuck ? "Today.Stuck" : "Today.Pending", new Count(found.Pending)],
                    texts[stuck ? "Today.StuckDetail" : "Today.PendingDetail"],
                    BillingPages.Invoices,
                    texts["Today.Look"],
                    stuck ? Urgency.Now : Urgency.Sometime
                )
            );
        }
        if (found.Credits > 0 && actor.May(BillingModule.RecordPayments))
            rows.Add(
                new TodayRow(
                    texts["Menu.Finance"],
                    texts["Today.Credits", new Count(found.Credits)],
                    texts["Today.CreditsDetail", Formats.Of(new Platform.Data.Kernel.Money(found.Balance))],
                    BillingPages.Ledger + "#credits",
                    texts["Today.SetOff"],
                    Urgency.Soon
                )
            );
        return rows;
    }
}
