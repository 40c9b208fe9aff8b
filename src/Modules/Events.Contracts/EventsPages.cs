using System.Globalization;
using Association.Platform.Web.Components;

namespace Association.Events.Contracts;

/// <summary>Addresses of the pages about events.</summary>
public static class EventsPages
{
    /// <summary>The office's list of events.</summary>
    public const string Events = ShellPages.Today + "/events";

    /// <summary>A new event.</summary>
    public const string NewEvent = Events + "/new";

    /// <summary>The list as a workbook.</summary>
    public const string Export = Events + "/list.xlsx";

    /// <summary>What anybody may see.</summary>
    public const string Calendar = "/veranstaltungen";

    /// <summary>Ends the address of the form by which anybody registers, in whatever language.</summary>
    public const string RegisterEnding = "/anmelden";

    /// <summary>An event in the office, or a page below.</summary>
    public static string Event(int number, string below = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{Events}/{number}{(below.Length > 0 ? "/" : "")}{below}");

    /// <summary>Who is registered for an event.</summary>
    public static string Registrations(int number) => Event(number, "registrations");

    /// <summary>The office registers somebody.</summary>
    public static string NewRegistration(int number) => Event(number, "registrations/new");

    /// <summary>Asks before a registration is cancelled.</summary>
    public static string CancelRegistration(int number, Guid registration) => Event(number, $"registrations/{registration}/cancel");

    /// <summary>The door on the day.</summary>
    public static string CheckIn(int number) => Event(number, "check-in");

    /// <summary>Who came, as a workbook.</summary>
    public static string AttendanceList(int number) => Event(number, "attendance.xlsx");

    /// <summary>Name badges to be printed.</summary>
    public static string Badges(int number) => Event(number, "badges.pdf");

    /// <summary>Where the code on a ticket leads whoever stands at the door.</summary>
    public static string ScannedTicket(string code) => $"{ShellPages.Today}/check-in/{Uri.EscapeDataString(code)}";

    /// <summary>One's own ticket, with the secret of a link.</summary>
    public static string OwnTicket(string key) => $"{OwnRegistration}/karte?key={Uri.EscapeDataString(key)}";

    /// <summary>A new event like this one.</summary>
    public static string CopyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{NewEvent}?like={number}");

    /// <summary>The calendar in a language: <c>de</c>, <c>fr</c> or <c>en</c>.</summary>
    public static string CalendarIn(string language) => $"/{language}{Calendar}";

    /// <summary>The public page of an event in a language; without one in the reader's.</summary>
    public static string Public(string slug, string? language = null) => $"{(language is null ? Calendar : CalendarIn(language))}/{Uri.EscapeDataString(slug)}";

    /// <summary>The form by which anybody registers.</summary>
    public static string Register(string slug, string? language = null) => Public(slug, language) + RegisterEnding;

    /// <summary>One's own registration, opened by the link of a mail.</summary>
    public const string OwnRegistration = "/meine-anmeldung";

    /// <summary>The invoice of one's own registration, with the secret of a link.</summary>
    public static string OwnInvoice(string key) => $"{OwnRegistration}/rechnung?key={Uri.EscapeDataString(key)}";

    /// <summary>The same in a language, with the secret of a link.</summary>
    public static string OwnRegistrationIn(string language, string key) => $"/{language}{OwnRegistration}?key={Uri.EscapeDataString(key)}";

    /// <summary>An event for a calendar on a phone or a desk.</summary>
    public static string PublicFile(string slug, string? language = null) => Public(slug, language) + ".ics";

    /// <summary>All that come, to be subscribed to; of one kind, when it is given.</summary>
    public static string Feed(string language, string? kind = null) => CalendarIn(language) + ".ics" + (kind is null ? "" : "?kind=" + kind);
}
