using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>Composes the document that takes an invoice back.</summary>
internal static class NewCancellation
{
    /// <param name="cancelled">The invoice, locked; nothing of it is waived or written off.</param>
    /// <param name="number">Drawn in this transaction.</param>
    /// <param name="letterhead">Version of the association's profile.</param>
    /// <param name="today">Date of the cancellation.</param>
    /// <param name="reason">Printed on it.</param>
    /// <param name="replacedBy">The invoice that takes its place; null without.</param>
    /// <param name="setOff">What of the money paid goes to that invoice.</param>
    public static IssuedDocument Of(
        LockedInvoice cancelled,
        DrawnNumber number,
        int letterhead,
        DateOnly today,
        string reason,
        string? replacedBy = null,
        Money setOff = default
    )
    {
        var id = InvoiceId.New();
        var original = cancelled.Content;
        return new IssuedDocument
        {
            Id = id,
            Sequence = number.Sequence,
            Account = cancelled.Account,
            Charge = cancelled.Charge,
            Content = original with
            {
                Number = number.Text,
                IssuedOn = today,
                Lines = [.. original.Lines.Select(line => line with { Amount = -line.Amount })],
                Amount = -original.Amount,
                Payment = null,
                Cancels = new CancelledContent(cancelled.Number, cancelled.IssuedOn, reason, cancelled.Paid - setOff, replacedBy, setOff),
                SetOff = null,
                Edition = null,
                Service = original.Service?.Negated(),
            },
            // Nothing is due and nothing is collected on a cancellation, whatever the route of the invoice was.
            Terms = new PaymentContent(PaymentRoute.Transfer, today, original.Payment!.Text, null, null, null),
            LetterheadVersion = letterhead,
            Cancels = cancelled.Id,
            Posting = Posting.OfCancellation(id, cancelled.Id, cancelled.Account, number.Text, cancelled.Amount, cancelled.Open, cancelled.Income, today),
        };
    }
}
