using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Billing.Board;

/// <summary>The dues of a year that were invoiced and not cancelled, with what was paid and forgiven of them up to the last day of a period.</summary>
internal sealed class DuesClaim
{
    private const string Sql = """
        with moved as materialized (
          select case l.ledger_account when 'receivables' then l.invoice_id else p.invoice_id end as invoice_id,
                 sum(l.debit - l.credit) filter (where l.ledger_account = 'receivables') as open,
                 bool_or(p.dated_on >= @From) filter (where l.ledger_account = 'receivables') as touched,
                 sum(l.debit - l.credit) filter (where l.ledger_account <> 'receivables') as forgiven
            from billing.posting_line l join billing.posting p on p.id = l.posting_id
           where l.ledger_account in ('receivables', 'waived', 'written_off') and p.dated_on <= @To
           group by 1)
        select i.charge_id as Charge, i.dues_year as Year, a.category, i.amount, coalesce(m.forgiven, 0) as Forgiven,
          i.amount - coalesce(m.forgiven, 0) - coalesce(m.open, 0) as Paid,
               coalesce(m.open, 0) as Open, coalesce(m.touched, false) as Touched
          from billing.invoice i
          join billing.account a on a.id = i.account_id
          left join moved m on m.invoice_id = i.id
         where i.kind = 'invoice' and i.dues_year is not null and i.issued_on <= @To
           and not exists (select from billing.invoice c where c.cancels_id = i.id and c.issued_on <= @To)
        """;

    public Guid Charge { get; init; }

    public int Year { get; init; }

    public string Category { get; init; } = "";

    public decimal Amount { get; init; }

    public decimal Forgiven { get; init; }

    public decimal Paid { get; init; }

    public decimal Open { get; init; }

    /// <summary>Whether something was booked to it within the period.</summary>
    public bool Touched { get; init; }

    /// <summary>Each of them.</summary>
    /// <param name="reading">As of the last day of its period.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<IReadOnlyList<DuesClaim>> ReadAsync(BoardReading reading, CancellationToken ct) =>
        (
            await reading.Connection.QueryAsync<DuesClaim>(new CommandDefinition(Sql, new { reading.Period.From, reading.Period.To }, cancellationToken: ct))
        ).AsList();

    /// <summary>The sums of those of the dues years that begin in the period.</summary>
    /// <param name="reading">As of the last day of its period.</param>
    /// <param name="ct">Stops the reading.</param>
    public static Task<(decimal Charged, decimal Forgiven, decimal Paid, decimal Open)> SumAsync(BoardReading reading, CancellationToken ct) =>
        reading.Connection.QuerySingleAsync<(decimal Charged, decimal Forgiven, decimal Paid, decimal Open)>(
            new CommandDefinition(
                $"""
                select coalesce(sum(c.amount), 0), coalesce(sum(c.forgiven), 0), coalesce(sum(c.paid), 0), coalesce(sum(c.open), 0)
                  from ({Sql}) c where c.year = any (@Years)
                """,
                new
                {
                    reading.Period.From,
                    reading.Period.To,
                    Years = reading.Period.DuesYears.ToArray(),
                },
                cancellationToken: ct
            )
        );
}
