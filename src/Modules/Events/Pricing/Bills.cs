using Association.Events.Booking.Keeping;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Events.Pricing.Model;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Marten;

namespace Association.Events.Pricing;

/// <summary>
/// Bills what was accepted and takes back what was given up, in the transaction in which the book decides it: behind its lock, so a seat stands on one bill at
/// most and on none that nobody owes.
/// </summary>
internal sealed class Bills(IUnitOfWork unit, TimeProvider clock) : IBookFollower
{
    private const int PerMessage = 100;

    /// <inheritdoc/>
    public async Task<OutgoingMessages> FollowAsync(EventId id, IReadOnlyList<BookFact> facts, IDocumentSession session, CancellationToken ct)
    {
        var gained = facts
            .SelectMany(f =>
                f switch
                {
                    RegistrationPromoted promoted => promoted.Registrations,
                    OfferAccepted accepted => accepted.Registrations,
                    _ => [],
                }
            )
            .ToList();
        var cancelled = facts.OfType<RegistrationCancelled>().ToList();
        if ((gained.Count == 0 && cancelled.Count == 0) || await session.LoadAsync<EventPlan>(id.Value, ct) is not { } plan)
            return [];
        var messages = await RaiseAsync(plan, gained, ct);
        var givenUp = cancelled
            .SelectMany(c => c.Registrations.Select(r => KeyValuePair.Create(r, FeeOf(plan, c.Reason, clock.Today()))))
            .DistinctBy(g => g.Key)
            .ToDictionary();
        messages.AddRange(await GiveUpAsync(plan, givenUp, ct));
        return messages;
    }

    /// <summary>Bills those of these seats that are accepted, cost something, stand on no bill and do not wait for a collective one: one bill a payer.</summary>
    public async Task<OutgoingMessages> RaiseAsync(EventPlan plan, IReadOnlyCollection<RegistrationId> seats, CancellationToken ct) =>
        seats.Count == 0
            ? []
            : await RaiseAsync(
                plan,
                await UnbilledAsync("f.registration_id = any (@seats) and not p.collective", new { seats = seats.Select(s => s.Value).ToArray() }, ct),
                ct
            );

    /// <summary>Bills what waits for the collective bill of a member, or of all members: one bill each.</summary>
    public async Task<OutgoingMessages> CollectAsync(EventPlan plan, MemberId? member, CancellationToken ct) =>
        await RaiseAsync(
            plan,
            await UnbilledAsync(
                "p.event_id = @id and p.collective and (@member::uuid is null or p.member_id = @member)",
                new { id = plan.Id, member = member?.Value },
                ct
            ),
            ct
        );

    private async Task<OutgoingMessages> RaiseAsync(EventPlan plan, IReadOnlyList<FeeRow> seats, CancellationToken ct)
    {
        var bills = seats
            .GroupBy(s => s.Collective ? s.Member!.Value : s.Payer)
            .Select(g => (Bill: BillDecider.Raise(g.Min(s => s.Payer), g.Select(s => (s.Fee, TicketName(plan, s)))), g.First().Language))
            .ToList();
        await WriteAsync(plan, bills, ct);
        return [.. bills.Select(b => b.Bill.Id).Chunk(PerMessage).Select(chunk => new BillsRaised(chunk))];
    }

    private async Task<OutgoingMessages> GiveUpAsync(EventPlan plan, Dictionary<RegistrationId, CancelFee> givenUp, CancellationToken ct)
    {
        if (givenUp.Count == 0)
            return [];
        var bills = await OwedAsync([.. givenUp.Keys], ct);
        var ends = BillDecider.GiveUp(bills.Keys, givenUp);
        if (ends.Count == 0)
            return [];
        var over = new { over = ends.Select(e => e.Of.Id.Value).ToArray() };
        await ExecuteAsync("delete from events.billed where bill_id = any (@over)", over, ct);
        await WriteAsync(plan, [.. ends.Where(e => e.By is not null).Select(e => (e.By!, bills[e.Of]))], ct);
        await ExecuteAsync(
            "insert into events.bill_end select *, @now from unnest(@over, @by)",
            new
            {
                over.over,
                by = ends.Select(e => e.By?.Id.Value).ToArray(),
                now = clock.GetUtcNow(),
            },
            ct
        );
        return [.. ends.Select(e => new BillReplaced(e.Of.Id, e.By?.Id))];
    }

    /// <summary>Until the day of the plan a seat is given up for nothing, and always when the association is the cause of it.</summary>
    public static CancelFee FeeOf(EventPlan plan, CancelReason reason, DateOnly today) =>
        reason is CancelReason.ByPerson or CancelReason.ByOffice && plan.Registration.CancelUntil < today
            ? new CancelFee(plan.Registration.CancelPercent)
            : CancelFee.None;

    private static string TicketName(EventPlan plan, FeeRow row) =>
        plan.Tickets.FirstOrDefault(t => t.Id == row.Ticket)?.Name.In(row.Language) ?? plan.Title.In(row.Language);

    private async Task<IReadOnlyList<FeeRow>> UnbilledAsync(string which, object parameters, CancellationToken ct) =>
        (
            await unit.Connection.QueryAsync<FeeRow>(
                new CommandDefinition(
                    $"""
                    select f.registration_id as Id, f.payer_id as Payer, f.ticket, f.amount, f.vat_percent as VatPercent, f.no_vat as NoVat,
                           p.member_id as Member, p.language, p.collective
                      from events.fee f join events.payer p on p.id = f.payer_id join events.registration r on r.id = f.registration_id
                     where {which} and r.state = 'accepted' and not exists (select from events.billed b where b.registration_id = f.registration_id)
                    """,
                    parameters,
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();

    // The whole bills, with the language of their payers.
    private async Task<Dictionary<Bill, string>> OwedAsync(IReadOnlyList<RegistrationId> seats, CancellationToken ct)
    {
        var lines = await unit.Connection.QueryAsync<LineRow>(
            new CommandDefinition(
                """
                select l.bill_id as Bill, b.payer_id as Payer, p.language, l.registration_id as Id, l.kind, l.ticket, l.amount, l.vat_percent as VatPercent,
                       l.no_vat as NoVat
                  from events.bill_line l join events.bill b on b.id = l.bill_id join events.payer p on p.id = b.payer_id
                 where l.bill_id in (select bill_id from events.billed where registration_id = any (@seats))
                 order by l.bill_id, l.position
                """,
                new { seats = seats.Select(s => s.Value).ToArray() },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return lines
            .GroupBy(l => l.Bill)
            .ToDictionary(g => new Bill(new ChargeId(g.Key), g.First().Payer, [.. g.Select(l => l.Line)]), g => g.First().Language);
    }

    private async Task WriteAsync(EventPlan plan, List<(Bill Bill, string Language)> bills, CancellationToken ct)
    {
        if (bills.Count == 0)
            return;
        var lines = bills.SelectMany(b => b.Bill.Lines.Select((line, i) => (Bill: b.Bill.Id.Value, Position: i + 1, Line: line))).ToList();
        await ExecuteAsync(
            """
            insert into events.bill_line select * from unnest(@bills, @positions, @seats, @kinds, @tickets, @amounts, @percents, @reasons)
            """,
            new
            {
                bills = lines.Select(l => l.Bill).ToArray(),
                positions = lines.Select(l => l.Position).ToArray(),
                seats = lines.Select(l => l.Line.Registration.Value).ToArray(),
                kinds = lines.Select(l => EnumText.Of(l.Line.Kind)).ToArray(),
                tickets = lines.Select(l => l.Line.Ticket).ToArray(),
                amounts = lines.Select(l => l.Line.Amount.Amount).ToArray(),
                percents = lines.Select(l => l.Line.VatPercent).ToArray(),
                reasons = lines.Select(l => l.Line.NoVat is { } reason ? EnumText.Of(reason) : null).ToArray(),
            },
            ct
        );
        await ExecuteAsync(
            """
            insert into events.bill (id, payer_id, amount, title, first_day, last_day, raised_on, pay_days, raised_at)
            select id, payer, amount, title, @first, @last, @today, @days, @now from unnest(@ids, @payers, @amounts, @titles) as b (id, payer, amount, title)
            """,
            new
            {
                ids = bills.Select(b => b.Bill.Id.Value).ToArray(),
                payers = bills.Select(b => b.Bill.Payer).ToArray(),
                amounts = bills.Select(b => b.Bill.Amount.Amount).ToArray(),
                titles = bills.Select(b => plan.Title.In(b.Language)).ToArray(),
                first = plan.Day,
                last = DateOnly.FromDateTime(plan.Ends),
                today = clock.Today(),
                days = plan.Registration.PayDays,
                now = clock.GetUtcNow(),
            },
            ct
        );
        await ExecuteAsync(
            "insert into events.billed select registration_id, bill_id from events.bill_line where bill_id = any (@ids)",
            new { ids = bills.Select(b => b.Bill.Id.Value).ToArray() },
            ct
        );
    }

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, unit.Transaction, cancellationToken: ct));

    private sealed class FeeRow
    {
        public Guid Id { get; init; }
        public Guid Payer { get; init; }
        public Guid Ticket { get; init; }
        public decimal Amount { get; init; }
        public decimal VatPercent { get; init; }
        public string? NoVat { get; init; }
        public Guid? Member { get; init; }
        public required string Language { get; init; }
        public bool Collective { get; init; }

        public Fee Fee => new(new(Id), Payer, Ticket, new Money(Amount), VatPercent, NoVat is null ? null : EnumText.Parse<NoVatReason>(NoVat));
    }

    private sealed class LineRow
    {
        public Guid Bill { get; init; }
        public Guid Payer { get; init; }
        public required string Language { get; init; }
        public Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string Ticket { get; init; }
        public decimal Amount { get; init; }
        public decimal VatPercent { get; init; }
        public string? NoVat { get; init; }

        public BilledSeat Line =>
            new(new(Id), EnumText.Parse<LineKind>(Kind), Ticket, new Money(Amount), VatPercent, NoVat is null ? null : EnumText.Parse<NoVatReason>(NoVat));
    }
}
