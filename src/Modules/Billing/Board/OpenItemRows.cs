using Association.Billing.OpenItems;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Billing.Board;

/// <summary>Something that was open on the last day of the period.</summary>
internal sealed class OpenItemRow
{
    public string Member { get; init; } = "";

    public string Name { get; init; } = "";

    public string Invoice { get; init; } = "";

    public DateOnly Due { get; init; }

    /// <summary>Days past the due day; null while there is time, or while it is to be collected.</summary>
    public int? Days { get; init; }

    public decimal Amount { get; init; }

    public decimal Open { get; init; }

    public string Route { get; init; } = "";

    /// <summary>0 to 3: how far the reminders came by the last day of the period.</summary>
    public int Level { get; init; }

    /// <summary>Why nobody reminded on that day: the name of the reason; null while nothing stops it.</summary>
    public string? Stop { get; init; }

    public OpenItemAge Age =>
        Days switch
        {
            null => OpenItemAge.NotDue,
            <= 30 => OpenItemAge.UpTo30,
            <= 60 => OpenItemAge.UpTo60,
            <= 90 => OpenItemAge.UpTo90,
            _ => OpenItemAge.Over90,
        };
}

/// <summary>What was open on the last day of a period, the longest due first.</summary>
internal static class OpenItemRows
{
    private const string Sql = """
        select a.member_number as Member, a.name, coalesce(i.number, e.number) as Invoice, coalesce(i.due_on, e.due_on) as Due,
          coalesce(i.amount, e.amount) as Amount, o.open,
               coalesce(i.payment_route, 'transfer') as Route,
               case when coalesce(i.payment_route, 'transfer') = 'transfer' and coalesce(i.due_on, e.due_on) < @AsOf then @AsOf - coalesce(i.due_on,
                 e.due_on) end as Days,
               coalesce((select max(x.level) from billing.reminder_item x join billing.letter t on t.id = x.letter_id
                          where x.live and coalesce(x.invoice_id, x.item_id) = coalesce(i.id, e.id)
                            and (t.created_at at time zone 'Europe/Berlin')::date <= @AsOf), 0) as Level,
               (select s.reason from billing.dunning_stop_on(a.id, coalesce(i.id, e.id), @AsOf) s) as Stop
          from (select l.invoice_id, l.item_id, sum(l.debit - l.credit) as open
                  from billing.posting_line l join billing.posting p on p.id = l.posting_id
                 where l.ledger_account = 'receivables' and p.dated_on <= @To
                 group by 1, 2 having sum(l.debit - l.credit) <> 0) o
          left join billing.invoice i on i.id = o.invoice_id
          left join billing.item e on e.id = o.item_id
          join billing.account a on a.id = coalesce(i.account_id, e.account_id)
         order by coalesce(i.due_on, e.due_on), coalesce(i.year, 0), coalesce(i.sequence, e.sequence)
        """;

    public static async Task<IReadOnlyList<OpenItemRow>> ReadAsync(BoardReading reading, CancellationToken ct) =>
        [.. await reading.Connection.QueryAsync<OpenItemRow>(new CommandDefinition(Sql, new { reading.Period.To, reading.AsOf }, cancellationToken: ct))];
}
