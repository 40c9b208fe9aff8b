using Association.Events.Booking.Keeping;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Record;

/// <summary>From when to when people register, and how many.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record SaveRegistration(int Number, uint? Version, RegistrationTerms Terms) : ICommand;

internal static class SaveRegistrationHandler
{
    public static Task<EventPlan?> LoadAsync(SaveRegistration command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(SaveRegistration command, EventPlan? plan, PlanRules rules, IStringLocalizer<EventTexts> texts) =>
        PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle ? [obstacle] : rules.Terms(command.Terms, plan!.Starts, plan.Ends);

    public static async Task<(EventChanged?, OutgoingMessages)> HandleAsync(
        SaveRegistration command,
        EventPlan plan,
        IDocumentSession session,
        IUnitOfWork unit,
        BookKeeper keeper,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = plan with { Registration = command.Terms };
        return (PlanEdits.Save(session, plan, now, clock), await keeper.TellAsync(now, unit, session, ct));
    }
}
