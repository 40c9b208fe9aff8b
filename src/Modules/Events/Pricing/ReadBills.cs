using Association.Billing.Contracts;
using Association.Events.Booking;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Events.Pricing;

/// <summary>What is billed of an event, and what waits for a collective bill.</summary>
[Permission(BookingFeature.Read)]
internal sealed record ReadBills(EventId Event) : IQuery<BillsOfEvent>;

/// <summary>The answer.</summary>
/// <param name="Bills">That are owed, the newest first.</param>
/// <param name="Waiting">Members that wait for a collective bill.</param>
internal sealed record BillsOfEvent(IReadOnlyList<ListedBill> Bills, IReadOnlyList<WaitingForBill> Waiting)
{
    public Money Sum => Money.Sum(Bills.Select(b => b.Amount));

    public Money Open => Money.Sum(Bills.Select(b => b.Invoice?.Open ?? b.Amount));
}

/// <summary>A bill that is owed.</summary>
/// <param name="Payer">Who owes it.</param>
/// <param name="Seats">Lines.</param>
/// <param name="Amount">Gross.</param>
/// <param name="RaisedOn">When.</param>
/// <param name="Invoice">Null while it is being made.</param>
internal sealed record ListedBill(string Payer, int Seats, Money Amount, DateOnly RaisedOn, InvoicedBill? Invoice);

/// <summary>Seats of one member that are on no bill yet.</summary>
internal sealed record WaitingForBill(MemberId Member, string Payer, int Seats, Money Amount);

internal static class ReadBillsHandler
{
    public static async Task<BillsOfEvent> HandleAsync(ReadBills query, OfficeDatabase database, IInvoicedBills invoices, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var id = new { id = query.Event.Value };
        var bills = (
            await connection.QueryAsync<(Guid Id, string Payer, int Seats, decimal Amount, DateOnly RaisedOn)>(
                new CommandDefinition(
                    """
                    select b.id, p.name, (select count(*)::int from events.bill_line l where l.bill_id = b.id), b.amount, b.raised_on
                      from events.payer p join events.bill b on b.payer_id = p.id
                     where p.event_id = @id and not exists (select from events.bill_end e where e.bill_id = b.id) order by b.id desc
                    """,
                    id,
                    cancellationToken: ct
                )
            )
        ).AsList();
        var waiting = await connection.QueryAsync<(Guid Member, string Payer, int Seats, decimal Amount)>(
            new CommandDefinition(
                """
                select p.member_id, min(p.name), count(*)::int, sum(f.amount)
                  from events.payer p join events.fee f on f.payer_id = p.id join events.registration r on r.id = f.registration_id
                 where p.event_id = @id and p.collective and r.state = 'accepted'
                   and not exists (select from events.billed x where x.registration_id = f.registration_id)
                 group by p.member_id order by 2
                """,
                id,
                cancellationToken: ct
            )
        );
        var invoiced = await invoices.ReadAsync([.. bills.Select(b => new ChargeId(b.Id))], ct);
        return new BillsOfEvent(
            [.. bills.Select(b => new ListedBill(b.Payer, b.Seats, new Money(b.Amount), b.RaisedOn, invoiced.GetValueOrDefault(new(b.Id))))],
            [.. waiting.Select(w => new WaitingForBill(new(w.Member), w.Payer, w.Seats, new Money(w.Amount)))]
        );
    }
}
