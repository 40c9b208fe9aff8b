using System.Text.Json.Serialization;
using Association.Events.Contracts;
using Association.Platform.Data.Kernel;
using JasperFx;

namespace Association.Events.Planning.Model;

/// <summary>All that the office plans of an event: one document, read whole, replaced whole. Times are those of a clock in Germany.</summary>
/// <remarks>Never changed in place: a change is another plan (<c>with</c>), stored under the version that follows.</remarks>
internal sealed record EventPlan : IRevisioned
{
    /// <summary>Of the document, and of the stream of who takes part.</summary>
    public required Guid Id { get; init; }

    /// <summary>„Veranstaltung 12“, in the office's addresses.</summary>
    public required int Number { get; init; }

    /// <summary>In the public address: <c>gesundheitsforum-2026</c>. Nobody else's, and final once published.</summary>
    public required string Slug { get; init; }

    public required EventKind Kind { get; init; }

    /// <summary>Several events under one name: „Pflege im Gespräch“; may be empty.</summary>
    public string Series { get; init; } = "";

    public EventStage Stage { get; init; }
    public Visibility Visibility { get; init; }
    public required Words Title { get; init; }

    /// <summary>One or two sentences, plain.</summary>
    public Words Summary { get; init; } = Words.None;

    /// <summary>Markdown.</summary>
    public Words Description { get; init; } = Words.None;

    public required DateTime Starts { get; init; }
    public required DateTime Ends { get; init; }

    /// <summary>Null: online only, or not known yet.</summary>
    public Venue? Venue { get; init; }

    /// <summary>Whether people can take part from afar.</summary>
    public bool Online { get; init; }

    /// <summary>Where they do; never shown to the public. May be empty until it is known.</summary>
    public string OnlineLink { get; init; } = "";

    public IReadOnlyList<Room> Rooms { get; init; } = [];
    public IReadOnlyList<EventPerson> People { get; init; } = [];
    public IReadOnlyList<Session> Sessions { get; init; } = [];
    public IReadOnlyList<Ticket> Tickets { get; init; } = [];
    public IReadOnlyList<PlanStep> Checklist { get; init; } = [];
    public RegistrationTerms Registration { get; init; } = new();

    /// <summary>How often a calendar was told another time or place (RFC 5545 <c>SEQUENCE</c>).</summary>
    public int Sequence { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Told to the public; empty unless cancelled.</summary>
    public Words CancelReason { get; init; } = Words.None;

    /// <summary>Rises with every edit; Marten's.</summary>
    public int Version { get; set; }

    [JsonIgnore]
    public EventId EventId => new(Id);

    [JsonIgnore]
    public DateOnly Day => DateOnly.FromDateTime(Starts);

    /// <summary>Whether more than one day is needed.</summary>
    [JsonIgnore]
    public bool IsOfSeveralDays => Starts.Date != Ends.Date;

    /// <summary>Whether the public may know of it.</summary>
    [JsonIgnore]
    public bool IsPublic => Stage != EventStage.Draft && Visibility != Visibility.Invited;

    /// <summary>Whether its last minute is behind us.</summary>
    public bool IsOver(DateTimeOffset now) => Ends.ToInstant() <= now;

    /// <summary>What people choose beside the ticket, in the order of the programme.</summary>
    [JsonIgnore]
    public IReadOnlyList<Session> Bookable => [.. Sessions.Where(s => s.Bookable).OrderBy(s => s.Starts).ThenBy(s => s.Ends)];

    /// <summary>Whether people may have chosen this part already, so that it stays.</summary>
    public bool Keeps(Guid part) => Stage == EventStage.Published && (Tickets.Any(t => t.Id == part) || Bookable.Any(s => s.Id == part));

    /// <summary>The room of a session, when it has one.</summary>
    public Room? RoomOf(Session session) => Rooms.FirstOrDefault(r => r.Id == session.RoomId);

    /// <summary>People by their ids, in the order of the ids.</summary>
    public IEnumerable<EventPerson> PeopleOf(IEnumerable<Guid> ids) => ids.Select(id => People.FirstOrDefault(p => p.Id == id)).OfType<EventPerson>();
}

/// <summary>Where an event takes place.</summary>
/// <param name="Name">Of the house.</param>
/// <param name="Street">Street and number.</param>
/// <param name="PostalCode">As written in the country.</param>
/// <param name="Town">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Directions">How to get there; plain lines.</param>
internal sealed record Venue(string Name, string Street, string PostalCode, string Town, string Country, Words Directions)
{
    /// <summary>„Hafenstraße 12, 66111 Saarbrücken“, in one line.</summary>
    [JsonIgnore]
    public string Address => string.Join(", ", new[] { Street, $"{PostalCode} {Town}".Trim() }.Where(part => part.Length > 0));
}

/// <summary>A room.</summary>
/// <param name="Id">Sessions name it.</param>
/// <param name="Name">As the door says.</param>
/// <param name="Seats">How many fit in; null when nobody counts.</param>
internal sealed record Room(Guid Id, string Name, int? Seats);

/// <summary>Who speaks or chairs.</summary>
/// <param name="Id">Sessions name it.</param>
/// <param name="Name">„Prof. Léa Altmeyer“.</param>
/// <param name="About">Where she works, what she does.</param>
/// <param name="Published">Whether she agreed to be named on the public page.</param>
internal sealed record EventPerson(Guid Id, string Name, Words About, bool Published);

/// <summary>A part of the programme.</summary>
/// <param name="Id">Of a bookable one also that of its seats.</param>
/// <param name="Kind">Session or break.</param>
/// <param name="Title">Of the part.</param>
/// <param name="Starts">Clock in Germany.</param>
/// <param name="Ends">Behind its start.</param>
/// <param name="RoomId">Null: everywhere, or not known yet.</param>
/// <param name="Chairs">Ids of people.</param>
/// <param name="Speakers">Ids of people.</param>
/// <param name="Bookable">Whether who registers chooses it.</param>
/// <param name="Seats">Of a bookable one; null for those of its room, or without limit.</param>
internal sealed record Session(
    Guid Id,
    SessionKind Kind,
    Words Title,
    DateTime Starts,
    DateTime Ends,
    Guid? RoomId,
    IReadOnlyList<Guid> Chairs,
    IReadOnlyList<Guid> Speakers,
    bool Bookable,
    int? Seats
);

/// <summary>What a seat costs, and for whom.</summary>
/// <param name="Id">Also that of its contingent.</param>
/// <param name="Name">„Mitglied“, „Frühbucher“.</param>
/// <param name="Price">Gross; zero: free of charge.</param>
/// <param name="VatPercent">Contained in the price: 19 for 19 %.</param>
/// <param name="For">Who may take it.</param>
/// <param name="Categories">Codes, when it is for some categories.</param>
/// <param name="From">First day; null from the beginning of the registration.</param>
/// <param name="Until">Last day; null to its end.</param>
/// <param name="Contingent">How many there are; null without limit.</param>
/// <param name="NoVat">Why there is no tax in the price; null where there is, or where it is free.</param>
internal sealed record Ticket(
    Guid Id,
    Words Name,
    Money Price,
    decimal VatPercent,
    TicketFor For,
    IReadOnlyList<string> Categories,
    DateOnly? From,
    DateOnly? Until,
    int? Contingent,
    NoVatReason? NoVat = null
)
{
    /// <summary>Whether it can be had on this day.</summary>
    public bool IsOfferedOn(DateOnly day) => (From is null || day >= From) && (Until is null || day <= Until);
}

/// <summary>Something to be done for an event.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Text">What.</param>
/// <param name="Due">Until when; null without a day.</param>
/// <param name="DoneOn">Null while it is to be done.</param>
internal sealed record PlanStep(Guid Id, string Text, DateOnly? Due, DateOnly? DoneOn);

/// <summary>How registration goes.</summary>
/// <param name="Opens">First moment; null: as soon as the event is published.</param>
/// <param name="Closes">Last moment; null: until it starts.</param>
/// <param name="Seats">Of the whole event; null without limit.</param>
/// <param name="WaitingList">Whether who comes too late may wait.</param>
/// <param name="CancelUntil">Last day of a cancellation without a fee; null: any time.</param>
/// <param name="CancelPercent">What a later one costs, of the price: 0 to 100.</param>
/// <param name="OfferHours">For how long a seat that became free is held for who waits next; null: it is hers at once.</param>
/// <param name="MostAtOnce">How many one form may register.</param>
/// <param name="PayDays">From the invoice to its last day of payment.</param>
/// <param name="RemindDays">So many days before the event those who have a seat are reminded; 0: never.</param>
internal sealed record RegistrationTerms(
    DateTime? Opens = null,
    DateTime? Closes = null,
    int? Seats = null,
    bool WaitingList = false,
    DateOnly? CancelUntil = null,
    decimal CancelPercent = 0,
    int? OfferHours = null,
    int MostAtOnce = RegistrationTerms.UsuallyAtOnce,
    int PayDays = RegistrationTerms.UsualDays,
    int RemindDays = RegistrationTerms.UsuallyReminded
)
{
    public const int UsuallyAtOnce = 10;
    public const int UsualDays = 14;
    public const int UsuallyReminded = 3;
    public const int MostRemindDays = 30;
}
