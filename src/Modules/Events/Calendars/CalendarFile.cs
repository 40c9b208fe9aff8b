using System.Text;
using Association.Events.Planning.Model;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Association.Events.Calendars;

/// <summary>Events for calendars on phones and desks (RFC 5545). An event keeps its <c>UID</c>; <c>SEQUENCE</c> rises with its published time and
/// place.</summary>
internal static class CalendarFile
{
    public const string MediaType = "text/calendar; charset=utf-8";
    private const string Product = "-//Association//Events//DE";
    private const string Zone = "Europe/Berlin";
    private const string Refresh = "PT6H";

    /// <summary>One event, to be opened. Of a cancelled one it takes the entry back.</summary>
    public static byte[] Of(EventPlan plan, string language, string address) =>
        Write(Begin(plan.Stage == EventStage.Cancelled ? CalendarMethods.Cancel : CalendarMethods.Publish, [plan]), [Entry(plan, language, address)]);

    /// <summary>Several, to be subscribed to.</summary>
    /// <param name="plans">In any order.</param>
    /// <param name="name">What the subscription is called.</param>
    /// <param name="language">Of the texts.</param>
    /// <param name="address">Of an event's page, by its slug.</param>
    public static byte[] Of(IReadOnlyList<EventPlan> plans, string name, string language, Func<string, string> address)
    {
        var calendar = Begin(CalendarMethods.Publish, plans);
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddProperty("X-PUBLISHED-TTL", Refresh);
        calendar.AddProperty(new CalendarProperty("REFRESH-INTERVAL", Refresh) { Parameters = { new CalendarParameter("VALUE", "DURATION") } });
        return Write(calendar, plans.Select(p => Entry(p, language, address(p.Slug))));
    }

    private static Calendar Begin(string method, IReadOnlyList<EventPlan> plans)
    {
        var calendar = new Calendar { ProductId = Product, Method = method };
        var first = plans.Count > 0 ? plans.Min(p => p.Starts) : new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(Zone, new DateTime(first.Year - 1, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), false));
        return calendar;
    }

    private static CalendarEvent Entry(EventPlan plan, string language, string address)
    {
        var summary = plan.Summary.In(language);
        var reason = plan.CancelReason.In(language);
        return new CalendarEvent
        {
            Uid = $"{plan.Id}@events.association",
            Sequence = plan.Sequence,
            DtStamp = Utc(plan.ChangedAt),
            LastModified = Utc(plan.ChangedAt),
            DtStart = new CalDateTime(plan.Starts, Zone),
            DtEnd = new CalDateTime(plan.Ends, Zone),
            Summary = plan.Title.In(language),
            Description = string.Join("\n\n", new[] { reason, summary, address }.Where(part => part.Length > 0)),
            Location =
                plan.Venue is { } venue ? string.Join(", ", new[] { venue.Name, venue.Address }.Where(part => part.Length > 0))
                : plan.Online ? "Online"
                : null,
            Url = new Uri(address),
            Status = plan.Stage == EventStage.Cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = plan.Stage == EventStage.Cancelled ? TransparencyType.Transparent : TransparencyType.Opaque,
        };
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(DateTime.SpecifyKind(instant.UtcDateTime, DateTimeKind.Utc), "UTC");

    private static byte[] Write(Calendar calendar, IEnumerable<CalendarEvent> entries)
    {
        foreach (var entry in entries)
            calendar.Events.Add(entry);
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? "");
    }
}
