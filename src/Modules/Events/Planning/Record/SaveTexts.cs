using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Record;

/// <summary>What an event is called and about, in three languages; and its public address, until it is published.</summary>
[Permission(PlanningFeature.Manage)]
internal sealed record SaveTexts(int Number, uint? Version, EventKind Kind, string Series, string Slug, Words Title, Words Summary, Words Description)
    : ICommand;

internal static class SaveTextsHandler
{
    private const int LongestSeries = 100;

    public static async Task<(EventPlan?, AddressTaken)> LoadAsync(SaveTexts command, IDocumentSession session, IUnitOfWork unit, CancellationToken ct)
    {
        var plan = await PlanEdits.LockAsync(session, unit, command.Number, ct);
        return (plan, new AddressTaken(plan is not null && await Slugs.IsTakenAsync(unit, SlugOf(command), plan.Id, ct)));
    }

    public static IEnumerable<Problem> Validate(SaveTexts command, EventPlan? plan, AddressTaken taken, PlanRules rules, IStringLocalizer<EventTexts> texts)
    {
        if (PlanEdits.Obstacle(plan, command.Version, texts) is { } obstacle)
            return [obstacle];
        return rules
            .Text(nameof(command.Title), command.Title.Line(), PlanRules.LongestTitle, required: true)
            .Concat(rules.Text(nameof(command.Summary), command.Summary.Line(), PlanRules.LongestSummary, required: false))
            .Concat(rules.Text(nameof(command.Description), command.Description.Lines(), PlanRules.LongestDescription, required: false))
            .Concat(Own(command, plan!, taken, texts));
    }

    private static IEnumerable<Problem> Own(SaveTexts command, EventPlan plan, AddressTaken taken, IStringLocalizer<EventTexts> texts)
    {
        if (command.Series.Trim().Length > LongestSeries)
            yield return new(nameof(command.Series), texts["Problem.TooLong", command.Series.Trim().Length, LongestSeries]);
        if (!Slugs.IsSlug(SlugOf(command)))
            yield return new(nameof(command.Slug), texts["Problem.Slug", Slugs.Longest]);
        else if (plan.Stage != EventStage.Draft && SlugOf(command) != plan.Slug)
            yield return new(nameof(command.Slug), texts["Problem.SlugFinal"]);
        else if (taken.Yes)
            yield return new(nameof(command.Slug), texts["Problem.SlugTaken"]);
    }

    public static EventChanged? Handle(SaveTexts command, EventPlan plan, IDocumentSession session, TimeProvider clock) =>
        PlanEdits.Save(
            session,
            plan,
            plan with
            {
                Kind = command.Kind,
                Series = command.Series.Trim(),
                Slug = SlugOf(command),
                Title = command.Title.Line(),
                Summary = command.Summary.Line(),
                Description = command.Description.Lines(),
            },
            clock
        );

    private static string SlugOf(SaveTexts command) => command.Slug.Trim().ToLowerInvariant();
}

/// <summary>Whether another event has the address.</summary>
internal readonly record struct AddressTaken(bool Yes);
