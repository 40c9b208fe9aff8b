using Association.Events.Booking.Model;
using Association.Events.Planning.Model;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Events.Registering;

/// <summary>Says of a registration what it needs and why it stands as it stands, in the reader's language.</summary>
internal sealed class RegistrationWords(IStringLocalizer<RegistrationTexts> texts)
{
    /// <summary>Sessions and ticket, without the event itself.</summary>
    public string Needs(EventPlan plan, IReadOnlyList<PoolId> needs) => string.Join(", ", needs.Where(n => n.Value != plan.Id).Select(n => Name(plan, n)));

    /// <summary>„Raum 2“, as the plan calls it; what the plan has no more is called so.</summary>
    public string Name(EventPlan plan, PoolId pool) =>
        pool.Value == plan.Id ? texts["Whole"]
        : plan.Sessions.FirstOrDefault(s => s.Id == pool.Value) is { } session ? session.Title.In(Words.Reader)
        : plan.Tickets.FirstOrDefault(t => t.Id == pool.Value) is { } ticket ? ticket.Name.In(Words.Reader)
        : texts["Gone"];

    /// <summary>„Nachgerückt, weil Nora Groß abgesagt hat“.</summary>
    public string Why(EventPlan plan, Reason why)
    {
        var full = string.Join(", ", why.Full.Select(p => Name(plan, p)));
        return why switch
        {
            { Fact: "registration-accepted" } => texts["Why.Accepted"],
            { Fact: "registration-waits" } => texts["Why.Waits", full],
            { Fact: "registration-refused", Full.Count: > 0 } => texts["Why.Refused.Full", full],
            { Refused: { } refused } => texts[$"Refusal.{refused}"],
            { Fact: "registration-promoted", Cause: { } cause } => texts["Why.Promoted", Because(cause, why)],
            { Fact: "seat-offered", Cause: { } cause } => texts["Why.Offered", Because(cause, why)],
            { Fact: "offer-accepted" } => texts["Why.OfferAccepted"],
            { Fact: "offer-lapsed" } => texts["Why.OfferLapsed"],
            { Cancelled: { } cancelled } => texts[$"Cancelled.{cancelled}"],
            { Fact: "registration-changed" } => texts["Why.Changed"],
            _ => texts["Why.HandedOver"],
        };
    }

    /// <summary>„12.09.2027, 9:30“.</summary>
    public static string Moment(DateTimeOffset at) => $"{Formats.Of(DateOnly.FromDateTime(at.ToClock()))}, {ClockTime.Short(at.ToClock())}";

    private string Because(CauseKind cause, Reason why) => texts[$"Cause.{cause}", why.CausedBy is { Length: > 0 } name ? name : texts["Somebody"].Value];
}
