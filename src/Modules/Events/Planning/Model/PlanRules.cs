using Association.Events.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Model;

/// <summary>What is wrong with a part of a plan, each at the field it was typed into.</summary>
internal sealed class PlanRules(IStringLocalizer<EventTexts> texts)
{
    public const int LongestTitle = 200;
    public const int LongestSummary = 500;
    public const int LongestDescription = 20_000;
    public const int MostSeats = 100_000;
    public const int LongestDays = 31;
    private const int LongestName = 200;
    private const int MostOfferHours = 24 * 14;
    private const int MostGroup = 50;
    private const int MostPayDays = 180;
    private static readonly Money MostPrice = new(99_999.99m);

    /// <summary>A text in three languages; its fields are <c>TitleDe</c>, <c>TitleFr</c>, <c>TitleEn</c>.</summary>
    /// <param name="field">Without its language.</param>
    /// <param name="words">Tidy.</param>
    /// <param name="longest">In each language.</param>
    /// <param name="required">Whether German must be there. Another language without German is refused always: it is what others fall back to.</param>
    public IEnumerable<Problem> Text(string field, Words words, int longest, bool required)
    {
        if (words.De.Length == 0 && (required || words.Fr.Length > 0 || words.En.Length > 0))
            yield return new(field + nameof(Words.De), texts[required ? "Problem.Required" : "Problem.GermanFirst"]);
        foreach (var language in Words.Languages)
            if (words.IsIn(language) && words.In(language) is var text && text.Length > longest)
                yield return new(field + char.ToUpperInvariant(language[0]) + language[1..], TooLong(text, longest));
    }

    /// <summary>From when to when.</summary>
    public IEnumerable<Problem> Times(DateTime starts, DateTime ends, string startField, string endField)
    {
        if (ClockTime.Doubt(starts, texts) is { } start)
            yield return new(startField, start);
        if (ClockTime.Doubt(ends, texts) is { } end)
            yield return new(endField, end);
        if (ends <= starts)
            yield return new(endField, texts["Problem.EndsBefore"]);
        else if (ends - starts > TimeSpan.FromDays(LongestDays))
            yield return new(endField, texts["Problem.TooManyDays", new Count(LongestDays)]);
    }

    /// <summary>Where; a venue without a name is none, so one that has only an address lacks it.</summary>
    public IEnumerable<Problem> Place(Venue? venue, string onlineLink)
    {
        if (venue is not null)
        {
            if (venue.Name.Length == 0)
                yield return new("VenueName", texts["Problem.VenueName"]);
            foreach (var (field, text) in new[] { ("VenueName", venue.Name), ("Street", venue.Street), ("PostalCode", venue.PostalCode), ("Town", venue.Town) })
                if (text.Length > LongestName)
                    yield return new(field, TooLong(text, LongestName));
            if (!Countries.IsCode(venue.Country))
                yield return new("Country", texts["Problem.Country"]);
            foreach (var problem in Text("Directions", venue.Directions, LongestSummary * 4, required: false))
                yield return problem;
        }
        if (onlineLink.Length > 0 && !IsLink(onlineLink))
            yield return new("OnlineLink", texts["Problem.Link"]);
    }

    /// <summary>Rules of registration.</summary>
    public IEnumerable<Problem> Terms(RegistrationTerms terms, DateTime starts, DateTime ends)
    {
        if (terms.Opens is { } opens && ClockTime.Doubt(opens, texts) is { } doubt)
            yield return new("OpensAt", doubt);
        if (terms.Closes is { } closes)
        {
            if (ClockTime.Doubt(closes, texts) is { } close)
                yield return new("ClosesAt", close);
            if (closes > ends)
                yield return new("ClosesOn", texts["Problem.ClosesLate"]);
            if (terms.Opens >= closes)
                yield return new("ClosesOn", texts["Problem.ClosesBefore"]);
        }
        if (terms.Opens >= starts)
            yield return new("OpensOn", texts["Problem.OpensLate"]);
        if (terms.CancelPercent is < 0 or > 100 || decimal.Round(terms.CancelPercent, 1) != terms.CancelPercent)
            yield return new(nameof(terms.CancelPercent), texts["Problem.CancelPercent"]);
        if (terms.OfferHours is < 1 or > MostOfferHours)
            yield return new(nameof(terms.OfferHours), texts["Problem.OfferHours", new Count(MostOfferHours)]);
        if (terms.MostAtOnce is < 1 or > MostGroup)
            yield return new(nameof(terms.MostAtOnce), texts["Problem.MostAtOnce", new Count(MostGroup)]);
        if (terms.RemindDays is < 0 or > RegistrationTerms.MostRemindDays)
            yield return new(nameof(terms.RemindDays), texts["Problem.RemindDays", new Count(RegistrationTerms.MostRemindDays)]);
        if (terms.PayDays is < 0 or > MostPayDays)
            yield return new(nameof(terms.PayDays), texts["Problem.PayDays", new Count(MostPayDays)]);
        if (Seats(nameof(terms.Seats), terms.Seats) is { } seats)
            yield return seats;
        if (terms.WaitingList && terms.Seats is null)
            yield return new(nameof(terms.WaitingList), texts["Problem.WaitingList"]);
        if (terms.CancelUntil > DateOnly.FromDateTime(ends))
            yield return new(nameof(terms.CancelUntil), texts["Problem.CancelLate"]);
    }

    /// <summary>A part of the programme within its event.</summary>
    public IEnumerable<Problem> Part(Session session, EventPlan plan)
    {
        foreach (var problem in Text("Title", session.Title, LongestTitle, required: true).Concat(Times(session.Starts, session.Ends, "StartsAt", "EndsAt")))
            yield return problem;
        if (session.Starts < plan.Starts || session.Starts >= plan.Ends)
            yield return new("StartsOn", texts["Problem.OutsideEvent", Span(plan.Starts, plan.Ends)]);
        else if (session.Ends > plan.Ends)
            yield return new("EndsAt", texts["Problem.OutsideEvent", Span(plan.Starts, plan.Ends)]);
        if (session.RoomId is not null && plan.RoomOf(session) is null)
            yield return new("Room", texts["Problem.NoRoom"]);
        if (Seats(nameof(session.Seats), session.Seats) is { } seats)
            yield return seats;
        else if (session.Seats > plan.RoomOf(session)?.Seats)
            yield return new(nameof(session.Seats), texts["Problem.RoomSmaller", new Count(plan.RoomOf(session)!.Seats!.Value)]);
        if (session is { Seats: not null, Bookable: false })
            yield return new(nameof(session.Seats), texts["Problem.SeatsNotBookable"]);
    }

    /// <summary>A room.</summary>
    public IEnumerable<Problem> Of(Room room, EventPlan plan)
    {
        if (Name(nameof(room.Name), room.Name) is { } name)
            yield return name;
        if (plan.Rooms.Any(r => r.Id != room.Id && string.Equals(r.Name, room.Name, StringComparison.OrdinalIgnoreCase)))
            yield return new(nameof(room.Name), texts["Problem.RoomTwice"]);
        if (Seats(nameof(room.Seats), room.Seats) is { } seats)
            yield return seats;
    }

    /// <summary>A person of the programme.</summary>
    public IEnumerable<Problem> Of(EventPerson person)
    {
        if (Name(nameof(person.Name), person.Name) is { } name)
            yield return name;
        foreach (var problem in Text(nameof(person.About), person.About, LongestSummary, required: false))
            yield return problem;
    }

    /// <summary>A ticket.</summary>
    public IEnumerable<Problem> Of(Ticket ticket, EventPlan plan)
    {
        foreach (var problem in Text(nameof(ticket.Name), ticket.Name, LongestTitle, required: true))
            yield return problem;
        if (ticket.Price < Money.Zero || ticket.Price > MostPrice)
            yield return new(nameof(ticket.Price), texts["Problem.Price", Formats.Of(MostPrice)]);
        if (ticket.VatPercent is < 0 or > 30 || decimal.Round(ticket.VatPercent, 1) != ticket.VatPercent)
            yield return new(nameof(ticket.VatPercent), texts["Problem.Vat"]);
        if (ticket.Price > Money.Zero && ticket.VatPercent == 0 && ticket.NoVat is not (NoVatReason.Teaching or NoVatReason.SmallBusiness))
            yield return new(nameof(ticket.NoVat), texts["Problem.NoVat"]);
        if (ticket.For == TicketFor.Categories && ticket.Categories.Count == 0)
            yield return new(nameof(ticket.Categories), texts["Problem.NoCategory"]);
        if (ticket.From > ticket.Until)
            yield return new(nameof(ticket.Until), texts["Problem.UntilBefore"]);
        if (ticket.From > DateOnly.FromDateTime(plan.Ends))
            yield return new(nameof(ticket.From), texts["Problem.FromLate"]);
        if (Seats(nameof(ticket.Contingent), ticket.Contingent) is { } seats)
            yield return seats;
    }

    /// <summary>Something to be done.</summary>
    public IEnumerable<Problem> Of(PlanStep step)
    {
        if (Name(nameof(step.Text), step.Text) is { } text)
            yield return text;
    }

    /// <summary>„10.12.2026, 9:30 bis 17:00“, for sentences and pages.</summary>
    public string Span(DateTime starts, DateTime ends) =>
        starts.Date == ends.Date
            ? texts["Span.Day", Formats.Of(DateOnly.FromDateTime(starts)), ClockTime.Short(starts), ClockTime.Short(ends)]
            : texts[
                "Span.Days",
                Formats.Of(DateOnly.FromDateTime(starts)),
                ClockTime.Short(starts),
                Formats.Of(DateOnly.FromDateTime(ends)),
                ClockTime.Short(ends)
            ];

    private Problem? Name(string field, string text) =>
        text.Length == 0 ? new(field, texts["Problem.Required"])
        : text.Length > LongestName ? new(field, TooLong(text, LongestName))
        : null;

    private Problem? Seats(string field, int? seats) => seats is < 1 or > MostSeats ? new(field, texts["Problem.Seats", Formats.Number(MostSeats)]) : null;

    private string TooLong(string text, int longest) => texts["Problem.TooLong", Formats.Number(text.Length), Formats.Number(longest)];

    private static bool IsLink(string link) => link.Length <= 1000 && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
