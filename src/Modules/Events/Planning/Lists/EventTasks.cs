using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Events.Planning.Lists;

/// <summary>What the checklists of events want done within two weeks.</summary>
internal sealed class EventTasks(IMessageBus bus, TimeProvider clock, IStringLocalizer<EventTexts> texts) : ITodayTask
{
    private const int DaysAhead = 14;

    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(PlanningFeature.Manage) || !actor.May(PlanningFeature.Read))
            return [];
        var today = clock.Today();
        return
        [
            .. (await bus.QueryAsync(new ListDueSteps(today.AddDays(DaysAhead)), ct)).Select(s => new TodayRow(
                texts["Today.Group"],
                s.Text,
                s.Event,
                $"{EventsPages.Event(s.Number, "checklist")}#{s.Id:N}",
                texts["Today.Action"],
                s.Due <= today ? Urgency.Now : Urgency.Soon,
                s.Due
            )),
        ];
    }
}

/// <summary>What is to be done for events that are not over, until a day.</summary>
[Permission(PlanningFeature.Read)]
internal sealed record ListDueSteps(DateOnly Until) : IQuery<IReadOnlyList<DueStep>>;

/// <summary>Something to be done.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Text">What.</param>
/// <param name="Due">Business date.</param>
/// <param name="Number">Of the event.</param>
/// <param name="Event">Its title, in the reader's language.</param>
internal sealed record DueStep(Guid Id, string Text, DateOnly Due, int Number, string Event);

internal static class ListDueStepsHandler
{
    private const int Most = 50; // a page of tasks is no list

    public static async Task<IReadOnlyList<DueStep>> HandleAsync(ListDueSteps query, OfficeDatabase database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(Guid Id, string Text, string Due, int Number, string Event)>(
            new CommandDefinition(
                """
                select (s ->> 'id')::uuid, s ->> 'text', s ->> 'due', e.number, coalesce(nullif(e.data -> 'title' ->> @language, ''), e.titlede)
                  from events.mt_doc_eventplan e cross join jsonb_array_elements(e.data -> 'checklist') s
                 where e.stage <> 'Cancelled' and s ->> 'doneOn' is null and s ->> 'due' <= @until
                 order by s ->> 'due', e.number limit @most
                """,
                new
                {
                    language = Words.Reader,
                    until = query.Until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                    most = Most,
                },
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new DueStep(
                r.Id,
                r.Text,
                DateOnly.ParseExact(r.Due, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                r.Number,
                r.Event
            )),
        ];
    }
}
