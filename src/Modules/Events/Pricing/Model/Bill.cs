using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;

namespace Association.Events.Pricing.Model;

/// <summary>The price of one seat, fixed when it was asked for.</summary>
/// <param name="Registration">Whose seat.</param>
/// <param name="Payer">Who owes it.</param>
/// <param name="Ticket">Which one.</param>
/// <param name="Amount">Gross; greater than zero.</param>
/// <param name="VatPercent">Contained in it.</param>
/// <param name="NoVat">Why there is no tax; null where there is.</param>
internal sealed record Fee(RegistrationId Registration, Guid Payer, Guid Ticket, Money Amount, decimal VatPercent, NoVatReason? NoVat);

/// <summary>What a line of a bill is owed for.</summary>
internal enum LineKind
{
    /// <summary>A seat.</summary>
    Seat,

    /// <summary>A seat that was given up too late.</summary>
    Cancelled,
}

/// <summary>A line of a bill.</summary>
/// <param name="Registration">Whose seat.</param>
/// <param name="Kind">What for.</param>
/// <param name="Ticket">Name of the ticket, in the payer's language.</param>
/// <param name="Amount">Gross; greater than zero.</param>
/// <param name="VatPercent">Contained in it.</param>
/// <param name="NoVat">Why there is no tax; null where there is.</param>
internal sealed record BilledSeat(RegistrationId Registration, LineKind Kind, string Ticket, Money Amount, decimal VatPercent, NoVatReason? NoVat);

/// <summary>A bill that is owed.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Payer">Who owes it.</param>
/// <param name="Lines">At least one.</param>
internal sealed record Bill(ChargeId Id, Guid Payer, IReadOnlyList<BilledSeat> Lines)
{
    public Money Amount => Money.Sum(Lines.Select(l => l.Amount));
}

/// <summary>A bill that is not owed as it was.</summary>
/// <param name="Of">Which.</param>
/// <param name="By">In its place; null: nothing is owed.</param>
internal sealed record BillEnd(Bill Of, Bill? By);

/// <summary>What a seat that was given up still costs.</summary>
/// <param name="Percent">0 to 100 of its price.</param>
internal sealed record CancelFee(decimal Percent)
{
    public static readonly CancelFee None = new(0);

    /// <summary>Rounded to the cent; half a cent counts as one.</summary>
    public Money Of(Money price) => new(Math.Round(price.Amount * Percent / 100, 2, MidpointRounding.AwayFromZero));
}

/// <summary>What bills follow when seats are taken or given up.</summary>
internal static class BillDecider
{
    /// <summary>One new bill for seats of one payer that stand on none.</summary>
    public static Bill Raise(Guid payer, IEnumerable<(Fee Fee, string Ticket)> seats) =>
        new(
            EntityIds.New<ChargeId>(),
            payer,
            [
                .. seats
                    .OrderBy(s => s.Fee.Registration.Value)
                    .Select(s => new BilledSeat(s.Fee.Registration, LineKind.Seat, s.Ticket, s.Fee.Amount, s.Fee.VatPercent, s.Fee.NoVat)),
            ]
        );

    /// <summary>
    /// Of each bill on which a seat stands that was given up, another one without it, or with what is still owed for it. All others stay as they are: what was
    /// paid on a bill stays paid on what takes its place.
    /// </summary>
    /// <param name="bills">Owed, each once.</param>
    /// <param name="givenUp">Seats, with what they still cost.</param>
    public static IReadOnlyList<BillEnd> GiveUp(IEnumerable<Bill> bills, IReadOnlyDictionary<RegistrationId, CancelFee> givenUp) =>
        [
            .. from bill in bills
            where bill.Lines.Any(l => IsGivenUp(l, givenUp))
            let lines = bill.Lines.SelectMany(l => IsGivenUp(l, givenUp) ? StillOwed(l, givenUp[l.Registration]) : [l]).ToList()
            select new BillEnd(bill, lines.Count > 0 ? new Bill(EntityIds.New<ChargeId>(), bill.Payer, lines) : null),
        ];

    private static bool IsGivenUp(BilledSeat line, IReadOnlyDictionary<RegistrationId, CancelFee> givenUp) =>
        line.Kind == LineKind.Seat && givenUp.ContainsKey(line.Registration);

    // A compensation is no supply: it bears no tax.
    private static BilledSeat[] StillOwed(BilledSeat line, CancelFee fee) =>
        fee.Of(line.Amount) is { Amount: > 0 } owed
            ? [line with { Kind = LineKind.Cancelled, Amount = owed, VatPercent = 0, NoVat = NoVatReason.Compensation }]
            : [];
}
