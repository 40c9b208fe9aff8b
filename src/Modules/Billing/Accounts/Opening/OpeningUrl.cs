using Association.Billing.Contracts;

namespace Association.Billing.Accounts.Opening;

/// <summary>The addresses of the pages about opening balances.</summary>
internal static class OpeningUrl
{
    public const string Start = BillingPages.OpeningBalances;

    public static string Preview(Guid draft) => $"{Start}/{draft}";

    public static string Undo(Guid import) => $"{Start}/undo/{import}";

    /// <summary>The list as it was uploaded.</summary>
    public static string File(Guid import) => $"{Start}/{import}/file";
}
