using Association.Events.Booking.Keeping;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Tickets;

/// <summary>Adds a ticket, or changes it. What somebody registered for already keeps its price.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record SaveTicket(int Number, uint? Version, Ticket Ticket) : ICommand;

internal static class SaveTicketHandler
{
    public static Task<EventPlan?> LoadAsync(SaveTicket command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(SaveTicket command, EventPlan? plan, PlanRules rules, IStringLocalizer<EventTexts> texts) =>
        PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle ? [obstacle] : rules.Of(Tidy(command.Ticket), plan!);

    public static async Task<(EventChanged?, OutgoingMessages)> HandleAsync(
        SaveTicket command,
        EventPlan plan,
        IDocumentSession session,
        IUnitOfWork unit,
        BookKeeper keeper,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = plan with { Tickets = plan.Tickets.With(Tidy(command.Ticket), t => t.Id) };
        return (PlanEdits.Save(session, plan, now, clock), await keeper.TellAsync(now, unit, session, ct));
    }

    private static Ticket Tidy(Ticket ticket) =>
        ticket with
        {
            Name = ticket.Name.Line(),
            NoVat = ticket.VatPercent > 0 || ticket.Price == Money.Zero ? null : ticket.NoVat,
            Categories = ticket.For == TicketFor.Categories ? [.. ticket.Categories.Distinct(StringComparer.Ordinal)] : [],
        };
}
