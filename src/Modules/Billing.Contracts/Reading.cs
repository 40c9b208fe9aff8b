using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Contracts;

/// <summary>Questions of other modules to the books.</summary>
public interface IBilledMembers
{
    /// <summary>Which of these members ever got a document or have a posting; they can no longer be removed.</summary>
    Task<IReadOnlyList<MemberId>> BilledAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct);
}

/// <summary>How members want what is sent to them.</summary>
public interface IDeliveryChoices
{
    /// <summary>Whether the member wants paper and no mail.</summary>
    Task<bool> WantsPaperAsync(MemberId member, CancellationToken ct);

    /// <summary>Which of these members want paper and no mail.</summary>
    Task<IReadOnlySet<MemberId>> WantPaperAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct);
}

/// <summary>The invoices of charges, for modules that correct charges.</summary>
public interface IInvoicedCharges
{
    /// <summary>The invoice of a charge; null while it has none.</summary>
    Task<InvoicedCharge?> OfChargeAsync(ChargeId charge, CancellationToken ct);

    /// <summary>What happened on the invoice of a charge since a page showed it, as a sentence; null when nothing did.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="shown"><see cref="InvoicedCharge.Shown"/> as the page had it.</param>
    /// <param name="ct">Ends the reading.</param>
    Task<string?> SinceAsync(ChargeId charge, string shown, CancellationToken ct);

    /// <summary>The charge of an invoice; null when there is no invoice of that number.</summary>
    Task<InvoicedCharge?> OfNumberAsync(string number, CancellationToken ct);
}

/// <summary>A charge and how its invoice stands.</summary>
/// <param name="Charge">The charge.</param>
/// <param name="Number">Of the invoice.</param>
/// <param name="IssuedOn">Date of the invoice.</param>
/// <param name="Amount">Of the invoice.</param>
/// <param name="Open">Still to be paid.</param>
/// <param name="Paid">What was paid on it; zero once it is cancelled.</param>
/// <param name="Forgiven">What was waived or written off.</param>
/// <param name="CancelledBy">Number of its cancellation; null without.</param>
/// <param name="Shown">What a page that shows this carries in its forms.</param>
public sealed record InvoicedCharge(
    ChargeId Charge,
    string Number,
    DateOnly IssuedOn,
    Money Amount,
    Money Open,
    Money Paid,
    Money Forgiven,
    string? CancelledBy,
    string Shown = ""
);
