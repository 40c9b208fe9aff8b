using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Events.Contracts;

/// <summary>These bills are to be invoiced; they are read from <see cref="IEventBills"/>.</summary>
[MessageName("events.bills-raised")]
public sealed record BillsRaised(IReadOnlyList<ChargeId> Bills);

/// <summary>A bill is not owed as it was: its invoice is cancelled and, when something is still owed, replaced, with the money already paid set off.</summary>
/// <param name="Bill">The one that is over.</param>
/// <param name="Replacement">The one in its place; null when nothing is owed.</param>
[MessageName("events.bill-replaced")]
public sealed record BillReplaced(ChargeId Bill, ChargeId? Replacement);

/// <summary>What people owe for seats, for the module that invoices it.</summary>
public interface IEventBills
{
    /// <summary>These bills, in any order; unknown ids are missing from the answer.</summary>
    Task<IReadOnlyList<EventBill>> ReadAsync(IReadOnlyCollection<ChargeId> bills, CancellationToken ct);

    /// <summary>All bills behind this one in the order of their ids, for who compares both books.</summary>
    Task<IReadOnlyList<RaisedBill>> AfterAsync(ChargeId? bill, int count, CancellationToken ct);
}

/// <summary>A bill: what one payer owes for one seat or several. Never changed; when a seat is given up, another one replaces it.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Payer">Who owes it.</param>
/// <param name="Event">Title in the payer's language.</param>
/// <param name="From">First day of the event: the day of supply.</param>
/// <param name="Until">Its last day.</param>
/// <param name="Lines">At least one.</param>
/// <param name="DueOn">Last day of payment, as far as it is not sooner than <paramref name="DaysAfterIssue"/> days after the invoice.</param>
/// <param name="DaysAfterIssue">14.</param>
/// <param name="Reference">What the payer wants to read on it; null without.</param>
/// <param name="IsReplaced">Another bill stands in its place, or none: it is not invoiced any more.</param>
/// <param name="ReplacedBecause">In the payer's language; null unless replaced.</param>
public sealed record EventBill(
    ChargeId Id,
    BillPayer Payer,
    string Event,
    DateOnly From,
    DateOnly Until,
    IReadOnlyList<BillLine> Lines,
    DateOnly DueOn,
    int DaysAfterIssue,
    string? Reference,
    bool IsReplaced,
    string? ReplacedBecause
)
{
    /// <summary>What is owed; greater than zero.</summary>
    public Money Amount => Money.Sum(Lines.Select(l => l.Amount));
}

/// <summary>Who pays: a member, whose account is known, or somebody else.</summary>
/// <param name="Member">Null for somebody who is no member.</param>
/// <param name="Debtor">Somebody else's id, for whom there is an account of its own.</param>
/// <param name="Name">„Klinikum Nord gGmbH“; of a member what the member's card says counts.</param>
/// <param name="Address">The same.</param>
/// <param name="Email">The same.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>.</param>
public sealed record BillPayer(MemberId? Member, Guid Debtor, string Name, PrintedAddress Address, string Email, string Language);

/// <summary>A line of a bill.</summary>
/// <param name="Text">In the payer's language: „Dr. Nora Groß: Mitglied, Frühbucher“.</param>
/// <param name="Amount">Gross.</param>
/// <param name="VatPercent">Contained in the amount: 19 for 19 %; 0 without tax.</param>
/// <param name="NoVat">Why there is no tax; null where there is.</param>
public sealed record BillLine(string Text, Money Amount, decimal VatPercent, NoVatReason? NoVat);

/// <summary>Why a service bears no tax (German law, § 14 (4) no. 8 UStG wants it said).</summary>
public enum NoVatReason
{
    /// <summary>Lectures and courses of a scientific or teaching kind (§ 4 Nr. 22 a UStG).</summary>
    Teaching,

    /// <summary>The association is a small business (§ 19 UStG).</summary>
    SmallBusiness,

    /// <summary>Nothing is supplied for it: compensation for a seat that was given up too late.</summary>
    Compensation,
}

/// <summary>A bill as the books have to have it.</summary>
/// <param name="Id">Of the bill.</param>
/// <param name="Amount">Owed.</param>
/// <param name="IsReplaced">Nothing of it is owed any more.</param>
public sealed record RaisedBill(ChargeId Id, Money Amount, bool IsReplaced);
