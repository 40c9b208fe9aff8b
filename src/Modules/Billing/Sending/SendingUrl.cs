using System.Globalization;
using Association.Billing.Contracts;

namespace Association.Billing.Sending;

/// <summary>The addresses of the pages about sending.</summary>
internal static class SendingUrl
{
    public const string Start = BillingPages.Sending;

    /// <summary>What waits of a run.</summary>
    public static string OfRun(string code) => $"{Start}?run={Uri.EscapeDataString(code)}";

    /// <summary>Notes that all that waits of a run was given otherwise.</summary>
    public static string GivenOfRun(string code) => $"{Start}/given?run={Uri.EscapeDataString(code)}";

    /// <summary>A sending.</summary>
    public static string Of(int number) => $"{Start}/{number.ToString(CultureInfo.InvariantCulture)}";
}
