using Association.Membership.Contracts;
using Association.Membership.Import.Cells;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Preview;

/// <summary>A count that dues may be measured by, as the list gives it.</summary>
/// <param name="Measure"><c>beds</c>, <c>employees</c> or <c>inhabitants</c>.</param>
/// <param name="Value">The count.</param>
/// <param name="AsOf">The list's reference date; null when the list has none.</param>
internal sealed record ListedMeasure(string Measure, int Value, DateOnly? AsOf);

/// <summary>The person named as contact and what they do.</summary>
internal sealed record ListedContact(string Name, FunctionKind? Function, string Title);

/// <summary>What a row says about a member; null where the list says nothing (or nothing that can be taken over).</summary>
internal sealed record ListedMember
{
    public string? Number { get; init; }
    public string Name { get; init; } = "";
    public string? Category { get; init; }
    public string? Street { get; init; }
    public string? PostalCode { get; init; }
    public string? Town { get; init; }
    public string? Country { get; init; }
    public IReadOnlyList<ListedMeasure> Measures { get; init; } = [];
    public DateOnly? JoinedOn { get; init; }
    public DateOnly? LeftOn { get; init; }
    public DateOnly? NoticeReceivedOn { get; init; }
    public IReadOnlyList<(int Year, Money Amount)> PriorDues { get; init; } = [];
    public string? Iban { get; init; }
    public string? MandateReference { get; init; }
    public DateOnly? MandateSignedOn { get; init; }

    /// <summary>What a column „Zahlungsart“ says.</summary>
    public PaymentRoute? Route { get; init; }

    public ListedContact? Contact { get; init; }
    public string? Deputy { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? BuyerReference { get; init; }
    public string? Language { get; init; }
    public string? Remark { get; init; }
    public RemarkMeaning Meaning { get; init; }

    public bool IsPerson => Category == "person";

    /// <summary>Whether a collection could be drawn on what the row says.</summary>
    public bool HasMandate => Iban is not null && MandateReference is not null && MandateSignedOn is not null;
}
