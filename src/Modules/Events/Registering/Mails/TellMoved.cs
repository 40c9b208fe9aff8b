using System.Globalization;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Dapper;
using Marten;

namespace Association.Events.Registering.Mails;

/// <summary>Tell those who take part that time or place are others, unless they were changed again since.</summary>
/// <param name="Event">Which.</param>
/// <param name="Sequence">Of the change.</param>
/// <param name="After">The last registration that was told; null at the beginning.</param>
[MessageName("events.tell-moved"), InternalOnly]
internal sealed record TellMoved(EventId Event, int Sequence, Guid? After = null) : ICommand;

/// <summary>Waits a while after each change: who corrects a typing error at once mails nobody twice.</summary>
[PlainWords(typeof(RegistrationTexts), "Work.TellMoved")]
internal static class NoteMovedHandler
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    public static async Task<ScheduledMessage?> HandleAsync(
        EventChanged changed,
        IUnitOfWork unit,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (await session.LoadAsync<EventPlan>(changed.Event.Value, ct) is not { Stage: EventStage.Published } plan)
            return null;
        var told = await unit.Connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                """
                insert into events.told values (@Id, @Sequence, @Starts, @Ends, @place, @now) on conflict (event_id) do nothing;
                select sequence from events.told where event_id = @Id
                """,
                TellMovedHandler.Row(plan, clock.GetUtcNow()),
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return told < plan.Sequence ? new ScheduledMessage(new TellMoved(plan.EventId, plan.Sequence), clock.GetUtcNow() + Quiet) : null;
    }
}

/// <summary>What is told when an event is published: what those who register from now on know.</summary>
[PlainWords(typeof(RegistrationTexts), "Work.TellMoved")]
internal static class NotePublishedHandler
{
    public static Task<ScheduledMessage?> HandleAsync(
        EventPublished published,
        IUnitOfWork unit,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken ct
    ) => NoteMovedHandler.HandleAsync(new EventChanged(published.Event), unit, session, clock, ct);
}

/// <summary>Some a message, each once a change; who registered after it knows the new time already.</summary>
[PlainWords(typeof(RegistrationTexts), "Work.TellMoved")]
internal static class TellMovedHandler
{
    private const int PerMessage = 250;

    public static async Task<TellMoved?> HandleAsync(
        TellMoved command,
        RegistrationMails mails,
        IUnitOfWork unit,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (await session.LoadAsync<EventPlan>(command.Event.Value, ct) is not { Stage: EventStage.Published } plan || plan.Sequence != command.Sequence)
            return null;
        var was = await unit.Connection.QuerySingleAsync<Told>(
            new CommandDefinition(
                "select sequence as Sequence, starts as Starts, ends as Ends, place as Place from events.told where event_id = @Id for update",
                new { plan.Id },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        if (was.Sequence >= plan.Sequence)
            return null;
        var isElsewhere = (was.Starts, was.Ends, was.Place) != (plan.Starts, plan.Ends, RegistrationMails.Where(plan));
        var next = isElsewhere ? await LiveAsync(plan, command.After, unit, ct) : [];
        var reason = string.Create(CultureInfo.InvariantCulture, $"moved.{plan.Sequence}");
        await mails.TellAsync(
            plan,
            next,
            (to, say) => new News(reason, say["Mail.MovedSubject", plan.Title.In(to.Language)], say["Mail.Moved", Before(was, say)], HasCalendar: true),
            ct
        );
        if (next.Count == PerMessage)
            return command with { After = next[^1] };
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "update events.told set sequence = @Sequence, starts = @Starts, ends = @Ends, place = @place, told_at = @now where event_id = @Id",
                Row(plan, clock.GetUtcNow()),
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return null;
    }

    public static object Row(EventPlan plan, DateTimeOffset now) =>
        new
        {
            plan.Id,
            plan.Sequence,
            plan.Starts,
            plan.Ends,
            place = RegistrationMails.Where(plan),
            now,
        };

    private static string Before(Told was, LetterLanguage say) =>
        string.Join(", ", new[] { RegistrationMails.When(was.Starts, was.Ends, say), was.Place }.Where(part => part.Length > 0));

    private static async Task<IReadOnlyList<Guid>> LiveAsync(EventPlan plan, Guid? after, IUnitOfWork unit, CancellationToken ct) =>
        (
            await unit.Connection.QueryAsync<Guid>(
                new CommandDefinition(
                    """
                    select id from events.registration
                     where event_id = @Id and state in ('waiting', 'offered', 'accepted') and registered_at <= @ChangedAt and (@after::uuid is null or id > @after)
                     order by id limit @limit
                    """,
                    new
                    {
                        plan.Id,
                        plan.ChangedAt,
                        after,
                        limit = PerMessage,
                    },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();

    private sealed record Told(int Sequence, DateTime Starts, DateTime Ends, string Place);
}
