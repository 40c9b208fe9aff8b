using System.Globalization;
using Association.Billing.Contracts;

namespace Association.Billing.Printing;

/// <summary>The addresses of the pages about printing.</summary>
internal static class PrintingUrl
{
    public const string Start = BillingPages.Printing;
    public const string Letters = BillingPages.Printing + "/letters";
    public const string NewLetter = BillingPages.Printing + "/letters/new";

    /// <summary>A batch, or a page below it.</summary>
    public static string Batch(int number, string below = "") =>
        $"{Start}/{number.ToString(CultureInfo.InvariantCulture)}{(below.Length > 0 ? "/" + below : "")}";

    public static string Letter(Guid id) => $"{Letters}/{id}";
}
