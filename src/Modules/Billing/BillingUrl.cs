namespace Association.Billing;

/// <summary>The addresses of this module's pages.</summary>
internal static class BillingUrl
{
    public const string Invoices = "/office/invoices";
    public const string OpenItems = "/office/open-items";
    public const string Ledger = "/office/ledger";

    /// <summary>The page of an issued document, or a page below it.</summary>
    public static string Invoice(string number, string below = "") => $"{Invoices}/{Uri.EscapeDataString(number)}{(below.Length > 0 ? "/" + below : "")}";

    /// <summary>The archived PDF, shown by the browser.</summary>
    public static string Document(string number) => Invoice(number, "document.pdf");

    /// <summary>The page of a member, owned by Membership.</summary>
    public static string Member(string number) => $"/office/members/{Uri.EscapeDataString(number)}";
}
