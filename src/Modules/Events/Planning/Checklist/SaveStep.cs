using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Checklist;

/// <summary>Adds something to be done for an event.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record SaveStep(int Number, PlanStep Step) : ICommand;

internal static class SaveStepHandler
{
    public static Task<EventPlan?> LoadAsync(SaveStep command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static IEnumerable<Problem> Validate(SaveStep command, EventPlan? plan, PlanRules rules, IStringLocalizer<EventTexts> texts) =>
        PlanEdits.Obstacle(plan, null, texts) is { } obstacle ? [obstacle] : rules.Of(Tidy(command.Step));

    public static void Handle(SaveStep command, EventPlan plan, IDocumentSession session, TimeProvider clock) =>
        PlanEdits.Save(session, plan, plan with { Checklist = plan.Checklist.With(Tidy(command.Step), s => s.Id) }, clock);

    private static PlanStep Tidy(PlanStep step) => step with { Text = CleanText.Line(step.Text).Trim() };
}

/// <summary>Marks something as done, or as not done after all.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record TickStep(int Number, Guid Step, bool Done) : ICommand;

internal static class TickStepHandler
{
    public static Task<EventPlan?> LoadAsync(TickStep command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct) =>
        PlanEdits.LockAsync(session, unit, command.Number, ct);

    public static Problem? Validate(TickStep command, EventPlan? plan, IStringLocalizer<EventTexts> texts) =>
        PlanEdits.Obstacle(plan, null, texts) ?? (plan!.Checklist.Any(s => s.Id == command.Step) ? null : new Problem("", texts["Problem.PartGone"]));

    public static void Handle(TickStep command, EventPlan plan, IDocumentSession session, TimeProvider clock) =>
        PlanEdits.Save(
            session,
            plan,
            plan with
            {
                Checklist = [.. plan.Checklist.Select(s => s.Id == command.Step ? s with { DoneOn = command.Done ? s.DoneOn ?? clock.Today() : null } : s)],
            },
            clock
        );
}
