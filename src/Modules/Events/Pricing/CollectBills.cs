using Association.Events.Booking;
using Association.Events.Planning;
using Association.Events.Planning.Model;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Dapper;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Pricing;

/// <summary>The collective bills of an event: each member that asked for one gets it, over all seats of its people that have none yet.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Member">Only this one; null: all that wait for one.</param>
[Permission(BookingFeature.Manage)]
internal sealed record CollectBills(int Number, MemberId? Member = null) : ICommand;

internal static class CollectBillsHandler
{
    public static async Task<EventPlan?> LoadAsync(CollectBills command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct)
    {
        var plan = await session.FindAsync(command.Number, ct);
        // The book's lock: nobody cancels meanwhile, and of two who press at once the second finds nothing left.
        if (plan is not null)
            await unit.Connection.ExecuteAsync(
                new CommandDefinition("select from events.book where event_id = @Id for update", new { plan.Id }, unit.Transaction, cancellationToken: ct)
            );
        return plan;
    }

    public static Problem? Validate(CollectBills _, EventPlan? plan, IStringLocalizer<EventTexts> texts) =>
        plan is null ? new Problem("", texts["Problem.Gone"]) : null;

    public static Task<OutgoingMessages> HandleAsync(CollectBills command, EventPlan plan, Bills bills, CancellationToken ct) =>
        bills.CollectAsync(plan, command.Member, ct);
}
