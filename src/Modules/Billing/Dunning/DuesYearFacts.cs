using Association.Billing.Data;
using Association.Billing.Dunning.Finding;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Billing.Dunning;

/// <summary>What the books tell the checklist of a dues year: invoices that have not left, and members who are to be reminded of one for the first time.</summary>
internal sealed class DuesYearFacts(BillingDb db, IOfficeRules rules, TimeProvider clock) : IDuesYearFacts
{
    public async Task<IReadOnlyList<DuesYearFact>> ReadAsync(int year, CancellationToken ct)
    {
        var (connection, today) = (await db.ConnectionAsync(ct), clock.Today());
        var current = await rules.CurrentAsync(connection, ct);
        var (issued, waiting, overdue) = await connection.QuerySingleAsync<(int Issued, int Waiting, bool Overdue)>(
            new CommandDefinition(
                """
                select (select count(*)::int from billing.invoice where kind = 'invoice' and dues_year = @year),
                       (select count(*)::int from billing.delivery_waiting w join billing.invoice i on i.id = w.document_id
                         where i.kind = 'invoice' and i.dues_year = @year and (w.by_mail or w.by_paper)),
                       exists (select from billing.invoice where kind = 'invoice' and dues_year = @year and due_on + @ReminderAfterDays <= @today)
                """,
                new
                {
                    year,
                    today,
                    current.Reminders.ReminderAfterDays,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (issued == 0)
            return [];
        var facts = new List<DuesYearFact> { new(DuesYearStep.Sending, waiting == 0, Left: waiting) };
        if (!overdue)
            return facts;
        var due = await OverdueItems.FindAsync(db, current, today, null, ct);
        var left = due.Count(i => i is { LeftOut: null, Level: DunningLevel.Reminder });
        facts.Add(new DuesYearFact(DuesYearStep.Reminders, left == 0, Left: left));
        return facts;
    }
}
