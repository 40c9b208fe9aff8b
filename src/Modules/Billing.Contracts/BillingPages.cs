using Association.Membership.Contracts;
using Association.Platform.Web.Components;

namespace Association.Billing.Contracts;

/// <summary>Addresses of the pages about invoices and accounts.</summary>
public static class BillingPages
{
    /// <summary>Issued documents.</summary>
    public const string Invoices = ShellPages.Today + "/invoices";

    /// <summary>What is to be paid.</summary>
    public const string OpenItems = ShellPages.Today + "/open-items";

    /// <summary>Who is reminded of what, stops, and what the board has to decide.</summary>
    public const string Reminders = ShellPages.Today + "/reminders";

    /// <summary>The journal.</summary>
    public const string Ledger = ShellPages.Today + "/ledger";

    /// <summary>Accounts of members; there is a page for each and none for all.</summary>
    public const string Accounts = ShellPages.Today + "/accounts";

    /// <summary>Statements, reminders and letters that were made to be sent; each has a page.</summary>
    public const string Letters = ShellPages.Today + "/letters";

    /// <summary>What goes out on paper.</summary>
    public const string Printing = ShellPages.Today + "/printing";

    /// <summary>What has to leave, by mail or on paper.</summary>
    public const string Sending = ShellPages.Today + "/sending";

    /// <summary>Balances taken over from the books kept before.</summary>
    public const string OpeningBalances = ShellPages.Today + "/opening-balances";

    /// <summary>An issued document, or a page below it.</summary>
    public static string Invoice(string number, string below = "") => $"{Invoices}/{Uri.EscapeDataString(number)}{(below.Length > 0 ? "/" + below : "")}";

    /// <summary>A statement, reminder or letter that was made to be sent, or a page below it.</summary>
    public static string Letter(string number, string below = "") => $"{Letters}/{Uri.EscapeDataString(number)}{(below.Length > 0 ? "/" + below : "")}";

    /// <summary>Begins the number of an account whose holder is no member.</summary>
    public const string GuestPrefix = "GAST-";

    /// <summary>Where one reads about the holder of an account: the member, or the account of who is none.</summary>
    /// <param name="number">Of the member or of the guest's account.</param>
    public static string Holder(string number) => number.StartsWith(GuestPrefix, StringComparison.Ordinal) ? Account(number) : MembershipPages.Member(number);

    /// <summary>The statement of a member's account, or a page below it.</summary>
    public static string Account(string member, string below = "") => $"{Accounts}/{Uri.EscapeDataString(member)}{(below.Length > 0 ? "/" + below : "")}";
}
