using System.Globalization;
using Association.Billing.Contracts;

namespace Association.Billing;

/// <summary>What shows a document, whatever kind it is.</summary>
internal static class BillingUrl
{
    /// <summary>What shows an item of a member's account: the document's page, or the account of an item that has none.</summary>
    public static string Item(string number, string member) => HasNoDocument(number) ? BillingPages.Account(member) : BillingPages.Invoice(number);

    /// <summary>Whether a number names an item taken over from the books kept before (<c>EB-00001</c>) or a fee (<c>MG-00001</c>).</summary>
    public static bool HasNoDocument(string number) => number.Length > 3 && number[..3] is "EB-" or "MG-" && number.AsSpan(3).IndexOf('-') < 0;

    /// <summary>The page of what was sent, or a page below it: an invoice's, or that of a statement, reminder or letter (<c>KA-17</c>, <c>MA-18</c>, <c>BF-19</c>).</summary>
    public static string Dispatched(string number, string below = "") =>
        number.Length > 3 && number[..3] is "KA-" or "MA-" or "BF-" && number.AsSpan(3).IndexOf('-') < 0
            ? BillingPages.Letter(number, below)
            : BillingPages.Invoice(number, below);

    /// <summary>Takes a payment back, by its number in the journal.</summary>
    public static string ReversePayment(long entry) => string.Create(CultureInfo.InvariantCulture, $"{BillingPages.Ledger}/{entry}/reverse");

    /// <summary>The archived PDF, shown by the browser.</summary>
    public static string Document(string number) => BillingPages.Invoice(number, "document.pdf");
}
