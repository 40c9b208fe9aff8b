using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Tickets;

/// <summary>What is said of a ticket, in the reader's language.</summary>
internal static class TicketWords
{
    /// <summary>„95,00 €“, „kostenlos“.</summary>
    public static string Price(Ticket ticket, IStringLocalizer<EventTexts> texts) =>
        ticket.Price == Money.Zero ? texts["Ticket.Free"] : Formats.Of(ticket.Price);

    /// <summary>„vom 01.09.2026 bis 30.10.2026“; empty when it is offered all the time.</summary>
    public static string Days(Ticket ticket, IStringLocalizer<EventTexts> texts) =>
        (ticket.From, ticket.Until) switch
        {
            ({ } from, { } until) => texts["Ticket.FromUntil", Formats.Of(from), Formats.Of(until)],
            ({ } from, null) => texts["Ticket.From", Formats.Of(from)],
            (null, { } until) => texts["Ticket.Until", Formats.Of(until)],
            _ => "",
        };

    /// <summary>„für Mitglieder“; empty when it is for everybody.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="categories">Names of its categories, when they are known.</param>
    /// <param name="texts">Of this module.</param>
    public static string For(Ticket ticket, IReadOnlyDictionary<string, string> categories, IStringLocalizer<EventTexts> texts) =>
        ticket.For switch
        {
            TicketFor.Members => texts["Ticket.Members"],
            TicketFor.Categories => texts["Ticket.Categories", string.Join(", ", ticket.Categories.Select(c => categories.GetValueOrDefault(c, c)))],
            _ => "",
        };
}
