using System.Text.Json;
using Association.Events.Contracts;
using Association.Events.Pricing.Model;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Letters;
using Dapper;

namespace Association.Events.Pricing;

/// <summary>Bills for the module that invoices them: with the names of those whose seats they are, as they are today.</summary>
internal sealed class EventBills(OfficeDatabase database) : IEventBills
{
    /// <summary>How the address of a payer is stored.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<IReadOnlyList<EventBill>> ReadAsync(IReadOnlyCollection<ChargeId> bills, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                """
                select b.id as Bill, p.id as Payer, p.member_id as Member, p.name as Name, p.address::text as Address, p.email as Email, p.language as Language,
                       p.reference as Reference, b.title as Title, b.first_day as FirstDay, b.last_day as LastDay, b.raised_on as RaisedOn, b.pay_days as PayDays,
                       e.bill_id is not null as IsReplaced, coalesce(a.name, '') as Attendee, l.kind as Kind, l.ticket as Ticket, l.amount as Amount,
                       l.vat_percent as VatPercent, l.no_vat as NoVat
                  from events.bill b join events.payer p on p.id = b.payer_id join events.bill_line l on l.bill_id = b.id
                  left join events.attendee a on a.registration_id = l.registration_id left join events.bill_end e on e.bill_id = b.id
                 where b.id = any (@ids) order by b.id, l.position
                """,
                new { ids = bills.Select(b => b.Value).ToArray() },
                cancellationToken: ct
            )
        );
        return [.. rows.GroupBy(r => r.Bill).Select(g => Of([.. g]))];
    }

    public async Task<IReadOnlyList<RaisedBill>> AfterAsync(ChargeId? bill, int count, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(Guid Id, decimal Amount, bool IsReplaced)>(
            new CommandDefinition(
                """
                select b.id, b.amount, exists (select from events.bill_end e where e.bill_id = b.id) from events.bill b
                 where @after::uuid is null or b.id > @after order by b.id limit @count
                """,
                new { after = bill?.Value, count },
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => new RaisedBill(new(r.Id), new Money(r.Amount), r.IsReplaced))];
    }

    private static EventBill Of(IReadOnlyList<Row> rows)
    {
        var (bill, say) = (rows[0], LetterLanguage.Of(rows[0].Language, typeof(PricingTexts)));
        return new EventBill(
            new(bill.Bill),
            new BillPayer(
                bill.Member is { } member ? new MemberId(member) : null,
                bill.Payer,
                bill.Name,
                JsonSerializer.Deserialize<PrintedAddress>(bill.Address, Json)!,
                bill.Email,
                bill.Language
            ),
            bill.Title,
            bill.FirstDay,
            bill.LastDay,
            [.. rows.Select(r => r.Line(say))],
            bill.RaisedOn,
            bill.PayDays,
            bill.Reference,
            bill.IsReplaced,
            bill.IsReplaced ? say["Bill.Replaced"] : null
        );
    }

    private sealed class Row
    {
        public Guid Bill { get; init; }
        public Guid Payer { get; init; }
        public Guid? Member { get; init; }
        public required string Name { get; init; }
        public required string Address { get; init; }
        public required string Email { get; init; }
        public required string Language { get; init; }
        public string? Reference { get; init; }
        public required string Title { get; init; }
        public DateOnly FirstDay { get; init; }
        public DateOnly LastDay { get; init; }
        public DateOnly RaisedOn { get; init; }
        public int PayDays { get; init; }
        public bool IsReplaced { get; init; }
        public required string Attendee { get; init; }
        public required string Kind { get; init; }
        public required string Ticket { get; init; }
        public decimal Amount { get; init; }
        public decimal VatPercent { get; init; }
        public string? NoVat { get; init; }

        public BillLine Line(LetterLanguage say) =>
            new(
                say[$"Bill.{EnumText.Parse<LineKind>(Kind)}", Ticket, Attendee.Length > 0 ? Attendee : say["Bill.Somebody"]],
                new Money(Amount),
                VatPercent,
                NoVat is null ? null : EnumText.Parse<NoVatReason>(NoVat)
            );
    }
}
