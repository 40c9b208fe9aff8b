using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Association.Events.Planning.Model;

namespace Association.Events.Publishing;

/// <summary>An event as search engines read it (schema.org <c>Event</c>, as JSON-LD).</summary>
internal static class StructuredData
{
    /// <param name="plan">As the public sees it.</param>
    /// <param name="language">Of the page.</param>
    /// <param name="address">Of the page, with its host.</param>
    /// <param name="organizer">The association.</param>
    /// <returns>JSON in which no sign ends the element around it.</returns>
    public static string Of(EventPlan plan, string language, string address, string organizer)
    {
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = plan.Kind is EventKind.Seminar or EventKind.Training ? "EducationEvent" : "BusinessEvent",
            ["name"] = plan.Title.In(language),
            ["startDate"] = Iso(plan.Starts),
            ["endDate"] = Iso(plan.Ends),
            ["eventStatus"] = "https://schema.org/" + (plan.Stage == EventStage.Cancelled ? "EventCancelled" : "EventScheduled"),
            ["eventAttendanceMode"] =
                "https://schema.org/"
                + (plan.Venue, plan.Online) switch
                {
                    (null, _) => "OnlineEventAttendanceMode",
                    (_, true) => "MixedEventAttendanceMode",
                    _ => "OfflineEventAttendanceMode",
                },
            ["url"] = address,
            ["inLanguage"] = plan.Title.LanguageOf(language),
            ["organizer"] = new JsonObject { ["@type"] = "Organization", ["name"] = organizer },
        };
        if (plan.Summary.In(language) is { Length: > 0 } summary)
            data["description"] = summary;
        data["location"] = Location(plan, address);
        if (plan.People.Count > 0)
            data["performer"] = new JsonArray([.. plan.People.Select(p => new JsonObject { ["@type"] = "Person", ["name"] = p.Name })]);
        if (plan.Tickets.Count > 0)
            data["offers"] = new JsonArray([.. plan.Tickets.Select(t => Offer(t, language, address))]);
        return data.ToJsonString(JsonSerializerOptions.Default);
    }

    private static JsonArray Location(EventPlan plan, string address)
    {
        var places = new JsonArray();
        if (plan.Venue is { } venue)
            places.Add(
                new JsonObject
                {
                    ["@type"] = "Place",
                    ["name"] = venue.Name,
                    ["address"] = new JsonObject
                    {
                        ["@type"] = "PostalAddress",
                        ["streetAddress"] = venue.Street,
                        ["postalCode"] = venue.PostalCode,
                        ["addressLocality"] = venue.Town,
                        ["addressCountry"] = venue.Country,
                    },
                }
            );
        if (plan.Online)
            places.Add(new JsonObject { ["@type"] = "VirtualLocation", ["url"] = address });
        return places;
    }

    private static JsonObject Offer(Ticket ticket, string language, string address)
    {
        var offer = new JsonObject
        {
            ["@type"] = "Offer",
            ["name"] = ticket.Name.In(language),
            ["price"] = ticket.Price.ToString(),
            ["priceCurrency"] = "EUR",
            ["url"] = address,
        };
        if (ticket.From is { } from)
            offer["validFrom"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (ticket.Until is { } until)
            offer["validThrough"] = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return offer;
    }

    private static string Iso(DateTime local) =>
        TimeZoneInfo
            .ConvertTime(local.ToInstant(), Platform.Data.Kernel.BusinessCalendar.Zone)
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
