using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;

namespace Association.Membership.Contracts;

/// <summary>How a member pays.</summary>
public enum PaymentRoute
{
    /// <summary>By transfer: the invoice carries a QR code.</summary>
    Transfer,

    /// <summary>By SEPA direct debit on a mandate: the invoice is the pre-notification.</summary>
    DirectDebit,
}

/// <summary>An address as printed: at most six lines in the window.</summary>
/// <param name="Lines">Name, addition, street; without postal code and town.</param>
/// <param name="PostalCode">As written in the country: <c>66111</c>, <c>L-1526</c>.</param>
/// <param name="Town">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2: <c>DE</c>.</param>
public sealed record PrintedAddress(IReadOnlyList<string> Lines, string PostalCode, string Town, string Country)
{
    /// <summary>As the lines of a letter's window (DIN 5008): the country in capitals, only abroad.</summary>
    public IEnumerable<string> InWindow()
    {
        foreach (var line in Lines)
            yield return line;
        yield return $"{PostalCode} {Town}".Trim();
        if (Country != "DE")
            yield return InCapitals(Country);
    }

    // The German name of a neighbour: the carrier in the sender's country must read it. Beyond, the code itself.
    private static string InCapitals(string code) =>
        code switch
        {
            "FR" => "FRANKREICH",
            "LU" => "LUXEMBURG",
            "BE" => "BELGIEN",
            "NL" => "NIEDERLANDE",
            "CH" => "SCHWEIZ",
            "AT" => "ÖSTERREICH",
            "IT" => "ITALIEN",
            "DK" => "DÄNEMARK",
            "PL" => "POLEN",
            "CZ" => "TSCHECHIEN",
            "ES" => "SPANIEN",
            "GB" => "GROSSBRITANNIEN",
            _ => code,
        };
}

/// <summary>What other modules keep of a member.</summary>
/// <param name="Id">The member.</param>
/// <param name="Number">Mitgliedsnummer, as the office writes it.</param>
/// <param name="Name">„Waldkrankenhaus Lebach gGmbH“ or „Hürter, Katrin“.</param>
/// <param name="Category">Name of the category in German.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>.</param>
/// <param name="Recipient">Who gets documents: the billing address where there is one, else the postal address.</param>
/// <param name="Email">For documents; null when there is none that is usable.</param>
/// <param name="NoPost">„keine Post“: nothing on paper.</param>
/// <param name="Iban">Without blanks; null when unknown.</param>
/// <param name="MandateReference">Null without a usable mandate.</param>
/// <param name="MandateSignedOn">Date of signature.</param>
/// <param name="Route">How the member pays; direct debit only with IBAN and mandate.</param>
/// <param name="BuyerReference">Leitweg-ID, purchase-order number or Kassenzeichen to print; null without.</param>
public sealed record MemberCard(
    MemberId Id,
    string Number,
    string Name,
    string Category,
    string Language,
    PrintedAddress Recipient,
    string? Email,
    bool NoPost,
    string? Iban,
    string? MandateReference,
    DateOnly? MandateSignedOn,
    PaymentRoute Route,
    string? BuyerReference
);

/// <summary>Members, for modules that keep a copy.</summary>
public interface IMemberDirectory
{
    /// <summary>The cards of these members, in any order; unknown ids are missing from the answer.</summary>
    Task<IReadOnlyList<MemberCard>> ReadAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct);
}

/// <summary>A line that explains a charge on the document.</summary>
/// <param name="Text">In the member's language: „640 Planbetten (Selbstauskunft 31.12.2026): 5.200,00 € + 40 × 1,10 €“.</param>
/// <param name="Amount">What it adds (or, negative, takes off); the lines sum to the charge.</param>
public sealed record ChargeLine(string Text, Money Amount);

/// <summary>A frozen charge of an approved run.</summary>
/// <param name="Id">The charge.</param>
/// <param name="Member">The debtor.</param>
/// <param name="Kind">What for.</param>
/// <param name="Year">Dues year.</param>
/// <param name="Amount">Greater than zero.</param>
/// <param name="Lines">At least one.</param>
/// <param name="Regulation">„Beitragsordnung vom 12.11.2026“.</param>
/// <param name="DueOn">The regulation's due date; the document is due no earlier than <paramref name="DaysAfterIssue"/> days after its issue.</param>
/// <param name="DaysAfterIssue">30.</param>
/// <param name="References">What the recipient wants on the invoice of this year; null without.</param>
public sealed record RaisedCharge(
    ChargeId Id,
    MemberId Member,
    DuesKind Kind,
    int Year,
    Money Amount,
    IReadOnlyList<ChargeLine> Lines,
    string Regulation,
    DateOnly DueOn,
    int DaysAfterIssue,
    ChargeReferences? References = null
);

/// <summary>The references of a member's recipient for one dues year; at least one of them.</summary>
/// <param name="PurchaseOrder">Order number; null without.</param>
/// <param name="CashReference">Kassenzeichen or another sign; null: <see cref="MemberCard.BuyerReference"/>.</param>
/// <param name="LeitwegId">Of a public body; null without.</param>
public sealed record ChargeReferences(string? PurchaseOrder, string? CashReference, string? LeitwegId);

/// <summary>Frozen charges, for Billing.</summary>
public interface IDuesCharges
{
    /// <summary>The charges of a chunk, ordered by member name; empty when the chunk does not exist.</summary>
    Task<IReadOnlyList<RaisedCharge>> ReadChunkAsync(DuesRunId run, int chunk, CancellationToken ct);

    /// <summary>Charges by their ids, in any order; unknown ids and those that are not released are missing from the answer.</summary>
    Task<IReadOnlyList<RaisedCharge>> ReadAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct);

    /// <summary>Count and sum of all live charges that were released for invoicing, for the check „charges = invoices“.</summary>
    Task<IReadOnlyList<ReleasedCharge>> ReleasedAsync(ChargeId? after, int limit, CancellationToken ct);
}

/// <summary>A charge that was released for invoicing.</summary>
/// <param name="Id">The charge.</param>
/// <param name="Amount">Its amount.</param>
/// <param name="Voided">Whether a cancellation voided it.</param>
public sealed record ReleasedCharge(ChargeId Id, Money Amount, bool Voided);

/// <summary>A tab on a member's page, contributed by another module.</summary>
[Contribution]
public interface IMemberPanel
{
    /// <summary>Stable name in the URL: <c>account</c>.</summary>
    string Name { get; }

    /// <summary>The tab's title in the reader's language.</summary>
    string Title { get; }

    /// <summary>The permission without which the tab is not shown.</summary>
    string Permission { get; }

    /// <summary>Position among the tabs.</summary>
    int Order { get; }

    /// <summary>The Razor component that shows it; it gets one parameter <c>Member</c> of type <see cref="MemberId"/>.</summary>
    Type Component { get; }

    /// <summary>The component of the figure with which the member's page opens, with the same parameter; null without one.</summary>
    Type? Figure => null;
}

/// <summary>Dues runs by their names.</summary>
public interface IDuesRuns
{
    /// <summary>The run that the office calls <c>2027-1</c>; null when there is none.</summary>
    Task<DuesRunId?> FindAsync(string code, CancellationToken ct);
}

/// <summary>Letters to members that somebody else has leave.</summary>
public interface IWrittenLetters
{
    /// <summary>Those that were written in one go, in their order; at most one a member.</summary>
    Task<IReadOnlyList<WrittenLetter>> ReadAsync(Guid letter, CancellationToken ct);
}

/// <summary>A letter.</summary>
/// <param name="Member">To whom.</param>
/// <param name="File">Its archived bytes.</param>
/// <param name="Address">As printed: the member's own, whoever gets its invoices.</param>
/// <param name="Email">The member's own; null when there is none.</param>
/// <param name="By">Who had it written.</param>
public sealed record WrittenLetter(MemberId Member, Guid File, PrintedAddress Address, string? Email, string By);

/// <summary>The end of an executed dues run's page, contributed by another module: what is still to be done with its invoices.</summary>
[Contribution]
public interface IDuesRunPanel
{
    /// <summary>The permission without which it is not shown.</summary>
    string Permission { get; }

    /// <summary>The Razor component that shows it; it gets the parameters <c>Run</c> (<see cref="DuesRunId"/>) and <c>Code</c> (<see cref="string"/>).</summary>
    Type Component { get; }
}
