using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Programme;

/// <summary>Adds somebody who speaks or chairs, or changes what is said of them.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record SavePerson(int Number, uint? Version, EventPerson Person) : ICommand;

internal static class SavePersonHandler
{
    public static Task<EventPlan?> LoadAsync(SavePerson command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(SavePerson command, EventPlan? plan, PlanRules rules, IStringLocalizer<EventTexts> texts) =>
        PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle ? [obstacle] : rules.Of(Tidy(command.Person));

    public static EventChanged? Handle(SavePerson command, EventPlan plan, IDocumentSession session, TimeProvider clock) =>
        PlanEdits.Save(session, plan, plan with { People = plan.People.With(Tidy(command.Person), p => p.Id) }, clock);

    private static EventPerson Tidy(EventPerson person) => person with { Name = CleanText.Line(person.Name).Trim(), About = person.About.Line() };
}
