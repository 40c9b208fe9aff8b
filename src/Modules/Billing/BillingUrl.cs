using Association.Membership.Contracts;

namespace Association.Billing;

/// <summary>The addresses of this module's pages.</summary>
internal static class BillingUrl
{
    public const string Invoices = "/office/invoices";
    public const string OpenItems = "/office/open-items";
    public const string Ledger = "/office/ledger";
    public const string Accounts = "/office/accounts";

    /// <summary>The page of an issued document, or a page below it.</summary>
    public static string Invoice(string number, string below = "") => $"{Invoices}/{Uri.EscapeDataString(number)}{(below.Length > 0 ? "/" + below : "")}";

    /// <summary>What shows an item of a member's account: the document's page, or the account of an item taken over, which has no document.</summary>
    public static string Item(string number, string member) => IsOpening(number) ? Account(member) : Invoice(number);

    /// <summary>Whether a number names an item taken over from the books kept before.</summary>
    public static bool IsOpening(string number) => number.StartsWith("EB-", StringComparison.Ordinal);

    /// <summary>The statement of a member's account, or a page below it.</summary>
    public static string Account(string member, string below = "") => $"{Accounts}/{Uri.EscapeDataString(member)}{(below.Length > 0 ? "/" + below : "")}";

    /// <summary>The archived PDF, shown by the browser.</summary>
    public static string Document(string number) => Invoice(number, "document.pdf");

    /// <summary>The page on which a wrong charge is corrected, owned by Membership.</summary>
    public static string Correction(ChargeId charge) => $"/office/dues/corrections/{charge.Value}";

    /// <summary>The page of a member, owned by Membership.</summary>
    public static string Member(string number) => $"/office/members/{Uri.EscapeDataString(number)}";
}
