using Association.Membership.Contracts;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Preview;

/// <summary>A count of an existing member, the latest of its measure.</summary>
internal sealed record StateMeasure(string Measure, int Value, DateOnly AsOf);

/// <summary>A contact of an existing member and the functions that count today.</summary>
internal sealed record StateContact(ContactId Id, string Name, string? Email, string? Phone, IReadOnlyList<FunctionKind> Functions, string Title);

/// <summary>Everything about a member that a list can change: as it stands, or as it will stand.</summary>
internal sealed record MemberState
{
    public required MemberId Id { get; init; }
    public required string Number { get; init; }
    public required string Name { get; init; }
    public required MemberKind Kind { get; init; }

    /// <summary>The category, or the one it changes to next.</summary>
    public required string Category { get; init; }
    public string Street { get; init; } = "";
    public string PostalCode { get; init; } = "";
    public string Town { get; init; } = "";
    public string Country { get; init; } = "DE";
    public DateOnly? JoinedOn { get; init; }
    public DateOnly? LeftOn { get; init; }
    public DateOnly? NoticeReceivedOn { get; init; }
    public string Language { get; init; } = "de";
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public bool NoPost { get; init; }
    public string? Iban { get; init; }
    public string? MandateReference { get; init; }
    public DateOnly? MandateSignedOn { get; init; }
    public PaymentRoute Route { get; init; }
    public string? BuyerReference { get; init; }
    public string Remark { get; init; } = "";
    public IReadOnlyList<StateMeasure> Measures { get; init; } = [];
    public IReadOnlyList<(int Year, Money Amount)> PriorDues { get; init; } = [];
    public IReadOnlyList<StateContact> Contacts { get; init; } = [];

    public bool HasMandate => Iban is not null && MandateReference is not null && MandateSignedOn is not null;

    public StateContact? Holder(FunctionKind function) => Contacts.FirstOrDefault(c => c.Functions.Contains(function));
}
