using System.Text.Json.Serialization;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Receivables;

/// <summary>Every fact that an issued document prints, kept with it; nothing else is read when the document is made or shown.</summary>
/// <param name="Number">The document's number.</param>
/// <param name="Language">Of the document: <c>de</c>, <c>fr</c>, <c>en</c>.</param>
/// <param name="IssuedOn">Date of the document.</param>
/// <param name="DuesYear">The year that is charged; null for a service.</param>
/// <param name="MemberNumber">Of the debtor.</param>
/// <param name="MemberName">The debtor, also where somebody else receives the document.</param>
/// <param name="Recipient">What stands in the window.</param>
/// <param name="BuyerReference">Leitweg-ID, order number or Kassenzeichen; null without.</param>
/// <param name="Lines">How the amount comes about; they add up to <paramref name="Amount"/>.</param>
/// <param name="Amount">Negative on a cancellation.</param>
/// <param name="Regulation">What the claim rests on.</param>
/// <param name="Payment">How and until when it is paid; null on a cancellation.</param>
/// <param name="Cancels">What a cancellation takes back; null on an invoice.</param>
/// <param name="Kind">What is charged; null for the annual dues.</param>
/// <param name="SetOff">What was already paid for this claim when the invoice was issued; null without.</param>
/// <param name="PurchaseOrder">The recipient's order number; null without.</param>
/// <param name="LeitwegId">The recipient's Leitweg-ID; null without.</param>
/// <param name="Edition">On a further document of the same invoice; null on the first.</param>
/// <param name="Service">What was supplied, with its tax; null for dues.</param>
internal sealed record InvoiceContent(
    string Number,
    string Language,
    DateOnly IssuedOn,
    int? DuesYear,
    string MemberNumber,
    string MemberName,
    PrintedAddress Recipient,
    string? BuyerReference,
    IReadOnlyList<ChargeLine> Lines,
    Money Amount,
    string Regulation,
    PaymentContent? Payment,
    CancelledContent? Cancels,
    DuesKind? Kind = null,
    SetOffContent? SetOff = null,
    string? PurchaseOrder = null,
    string? LeitwegId = null,
    EditionContent? Edition = null,
    ServiceContent? Service = null
)
{
    /// <summary>What the invoice asks for: its amount less what was set off when it was issued.</summary>
    [JsonIgnore]
    public Money ToPay => SetOff is { } paid ? Amount - paid.Amount : Amount;
}

/// <summary>A service and its tax, as § 14 (4) UStG wants them on the invoice.</summary>
/// <param name="From">First day of supply.</param>
/// <param name="Until">Last day of supply.</param>
/// <param name="Vat">By rate, the highest first; gross amounts add up to the invoice's.</param>
internal sealed record ServiceContent(DateOnly From, DateOnly Until, IReadOnlyList<VatContent> Vat)
{
    /// <summary>The same, taken back.</summary>
    public ServiceContent Negated() => this with { Vat = [.. Vat.Select(v => v with { Net = -v.Net, Tax = -v.Tax })] };
}

/// <summary>What bears one rate of tax.</summary>
/// <param name="Percent">19 for 19 %.</param>
/// <param name="Net">Without tax.</param>
/// <param name="Tax">Of it.</param>
/// <param name="Reason">Why there is none; null where there is.</param>
internal sealed record VatContent(decimal Percent, Money Net, Money Tax, NoVatReason? Reason);

/// <summary>Money paid on a cancelled invoice that pays this one.</summary>
/// <param name="Invoice">The cancelled invoice.</param>
/// <param name="Amount">Greater than zero, at most the invoice's amount.</param>
internal sealed record SetOffContent(string Invoice, Money Amount);

/// <summary>A further document of an invoice, for another recipient.</summary>
/// <param name="Number">2, 3 …</param>
/// <param name="IssuedOn">Its own date; the invoice's date stays.</param>
internal sealed record EditionContent(int Number, DateOnly IssuedOn);

/// <summary>How and until when an invoice is paid; frozen with it.</summary>
/// <param name="Route">Transfer or direct debit.</param>
/// <param name="DueOn">Last day on which a transfer is in time.</param>
/// <param name="Text">What a payer writes on the transfer: the numbers of the invoice and of the member.</param>
/// <param name="Iban">The debited account; null for a transfer.</param>
/// <param name="MandateReference">Null for a transfer.</param>
/// <param name="CollectOn">The day of collection, a TARGET day; null for a transfer.</param>
internal sealed record PaymentContent(PaymentRoute Route, DateOnly DueOn, string Text, string? Iban, string? MandateReference, DateOnly? CollectOn);

/// <summary>What a cancellation refers to.</summary>
/// <param name="Number">The cancelled invoice.</param>
/// <param name="IssuedOn">Its date.</param>
/// <param name="Reason">As the office gave it.</param>
/// <param name="Credit">What had been paid and now stands to the member's credit.</param>
/// <param name="ReplacedBy">The invoice that takes its place; null without.</param>
/// <param name="SetOff">What had been paid and pays that invoice.</param>
internal sealed record CancelledContent(string Number, DateOnly IssuedOn, string Reason, Money Credit, string? ReplacedBy = null, Money SetOff = default);
