using System.Globalization;
using Association.Billing.Contracts;
using Association.Billing.Receivables;

namespace Association.Billing.Dunning;

/// <summary>Addresses of the pages about reminders.</summary>
internal static class DunningUrl
{
    /// <summary>What is due, what is on its way, and what was sent.</summary>
    public const string Start = BillingPages.Reminders;

    /// <summary>Stops, and a form for a new one.</summary>
    public const string Stops = BillingPages.Reminders + "/stops";

    /// <summary>What the board has to decide.</summary>
    public const string Cases = BillingPages.Reminders + "/cases";

    /// <summary>What reminders say.</summary>
    public const string Texts = BillingPages.Reminders + "/texts";

    /// <summary>The form in which a text is edited.</summary>
    public static string Text(DunningLevel level, string language) => $"{Texts}/{level}/{language}";

    /// <summary>Where that form is posted to for a look at the letter.</summary>
    public static string TextPreview(DunningLevel level, string language) => $"{Start}/text-preview/{level}/{language}";

    /// <summary>A run.</summary>
    public static string Run(int number) => string.Create(CultureInfo.InvariantCulture, $"{Start}/{number}");

    /// <summary>The form that takes a reminder back.</summary>
    public static string TakeBack(string letter) => $"{Start}/letters/{Uri.EscapeDataString(letter)}";

    /// <summary>The form that stops reminders to a member, or of one item.</summary>
    public static string StopOf(string member, string? number = null) =>
        $"{Stops}?member={Uri.EscapeDataString(member)}" + (number is null ? "" : $"&number={Uri.EscapeDataString(number)}");

    /// <summary>The form with which the board's decision is noted.</summary>
    public static string Case(string number) => $"{Cases}/{Uri.EscapeDataString(number)}";
}
