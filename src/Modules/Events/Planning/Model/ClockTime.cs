using System.Globalization;
using Association.Platform.Data.Kernel;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Model;

/// <summary>Times as a clock in Germany shows them. An event keeps these and not instants: 9:30 stays 9:30, whatever becomes of summer time.</summary>
internal static class ClockTime
{
    private static readonly string[] Patterns = ["H:mm", "HH:mm", "H.mm", "HH.mm", "H'h'mm", "%H"];

    /// <summary>The instant; of the hour that comes twice in autumn the first, of the one that is missing in spring the one after it.</summary>
    public static DateTimeOffset ToInstant(this DateTime local)
    {
        var zone = BusinessCalendar.Zone;
        return zone.IsInvalidTime(local)
            ? new DateTimeOffset(local.AddHours(1), zone.GetUtcOffset(local.AddHours(1)))
            : new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }

    /// <summary>What the clock shows at an instant.</summary>
    public static DateTime ToClock(this DateTimeOffset instant) => DateTime.SpecifyKind(instant.ToBusinessTime().DateTime, DateTimeKind.Unspecified);

    /// <summary>Why a time cannot be meant: the night in spring has no such hour, that in autumn has it twice. Null when it can.</summary>
    public static string? Doubt(DateTime local, IStringLocalizer<EventTexts> texts) =>
        BusinessCalendar.Zone.IsInvalidTime(local) ? texts["Problem.MissingHour", Write(local), Write(local.AddHours(1))].Value
        : BusinessCalendar.Zone.IsAmbiguousTime(local) ? texts["Problem.DoubleHour", Write(local)].Value
        : null;

    /// <summary>Reads „9:30“, „09.30“, „9“, „9 Uhr“, „9h30“.</summary>
    public static bool TryRead(string text, out TimeOnly time)
    {
        var bare = text.Trim().Replace("Uhr", "", StringComparison.OrdinalIgnoreCase).Replace(" ", "", StringComparison.Ordinal).TrimEnd('h');
        return TimeOnly.TryParseExact(bare, Patterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>„09:30“, as in a field.</summary>
    public static string Write(DateTime local) => local.ToString("HH':'mm", CultureInfo.InvariantCulture);

    /// <summary>„9:30“, as read.</summary>
    public static string Short(DateTime local) => local.ToString("H':'mm", CultureInfo.InvariantCulture);
}
