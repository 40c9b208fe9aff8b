using System.Globalization;
using Association.Billing.Contracts;

namespace Association.Billing;

/// <summary>What shows a document, whatever kind it is.</summary>
internal static class BillingUrl
{
    /// <summary>What shows an item of a member's account: the document's page, or the account of an item taken over, which has no document.</summary>
    public static string Item(string number, string member) => IsOpening(number) ? BillingPages.Account(member) : BillingPages.Invoice(number);

    /// <summary>Whether a number names an item taken over from the books kept before.</summary>
    public static bool IsOpening(string number) => number.StartsWith("EB-", StringComparison.Ordinal);

    /// <summary>The page of what was sent, or a page below it: an invoice's, or that of a statement or letter (<c>KA-17</c>, <c>BF-18</c>).</summary>
    public static string Dispatched(string number, string below = "") =>
        number.Length > 3 && number[..3] is "KA-" or "BF-" && number.AsSpan(3).IndexOf('-') < 0
            ? BillingPages.Letter(number, below)
            : BillingPages.Invoice(number, below);

    /// <summary>Takes a payment back, by its number in the journal.</summary>
    public static string ReversePayment(long entry) => string.Create(CultureInfo.InvariantCulture, $"{BillingPages.Ledger}/{entry}/reverse");

    /// <summary>The archived PDF, shown by the browser.</summary>
    public static string Document(string number) => BillingPages.Invoice(number, "document.pdf");
}
