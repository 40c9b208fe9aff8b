using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Marten;

namespace Association.Events.Registering.Mails;

/// <summary>Every morning: who takes part in what is near is reminded.</summary>
/// <param name="Run">Of the job.</param>
[MessageName("events.remind-attendees"), InternalOnly]
internal sealed record RemindAttendees(Guid Run) : ICommand;

[PlainWords(typeof(RegistrationTexts), "Work.Remind")]
internal static class RemindAttendeesHandler
{
    public static async Task<OutgoingMessages> HandleAsync(
        RemindAttendees command,
        IUnitOfWork unit,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var today = clock.Today();
        var near = await unit.Connection.QueryAsync<Guid>(
            new CommandDefinition(
                """
                select d.id from events.mt_doc_eventplan d
                 where d.stage = 'Published' and d.starts >= @from and d.starts < @to
                   and exists (select from events.registration r where r.event_id = d.id and r.state = 'accepted')
                 order by d.id
                """,
                new
                {
                    from = today.AddDays(1).ToDateTime(TimeOnly.MinValue),
                    to = today.AddDays(RegistrationTerms.MostRemindDays + 1).ToDateTime(TimeOnly.MinValue),
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        OutgoingMessages messages = [];
        foreach (var id in near)
            if (
                await session.LoadAsync<EventPlan>(id, ct) is { } plan
                && plan.Registration.RemindDays is > 0 and var days
                && plan.Day.AddDays(-days) <= today
                && await NoteAsync(plan, unit, clock.GetUtcNow(), ct)
            )
                messages.Add(new RemindOfEvent(plan.EventId, plan.Day));
        var said =
            messages.Count == 0
                ? StoredText.Of<RegistrationTexts>("Job.NobodyReminded")
                : StoredText.Of<RegistrationTexts>("Job.Reminded", StoredText.Value(new Count(messages.Count)));
        messages.Add(new JobReport(command.Run, [JobFinding.Of("attendees", ok: true, said)]));
        return messages;
    }

    // The key makes it once a day of beginning, whoever runs the job again.
    private static async Task<bool> NoteAsync(EventPlan plan, IUnitOfWork unit, DateTimeOffset now, CancellationToken ct) =>
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into events.reminded values (@Id, @Day, @now) on conflict do nothing",
                new
                {
                    plan.Id,
                    plan.Day,
                    now,
                },
                unit.Transaction,
                cancellationToken: ct
            )
        ) == 1;
}

/// <summary>Remind those who have a seat of an event.</summary>
/// <param name="Event">Which.</param>
/// <param name="Day">On which it begins; when it was moved meanwhile, nobody is reminded.</param>
/// <param name="After">The last registration that was reminded; null at the beginning.</param>
[MessageName("events.remind-of-event"), InternalOnly]
internal sealed record RemindOfEvent(EventId Event, DateOnly Day, Guid? After = null) : ICommand;

[PlainWords(typeof(RegistrationTexts), "Work.Remind")]
internal static class RemindOfEventHandler
{
    private const int PerMessage = 250;

    public static async Task<RemindOfEvent?> HandleAsync(
        RemindOfEvent command,
        RegistrationMails mails,
        IUnitOfWork unit,
        IDocumentSession session,
        CancellationToken ct
    )
    {
        if (await session.LoadAsync<EventPlan>(command.Event.Value, ct) is not { Stage: EventStage.Published } plan || plan.Day != command.Day)
            return null;
        var next = (
            await unit.Connection.QueryAsync<Guid>(
                new CommandDefinition(
                    """
                    select id from events.registration where event_id = @Id and state = 'accepted' and (@After::uuid is null or id > @After) order by id limit @limit
                    """,
                    new
                    {
                        plan.Id,
                        command.After,
                        limit = PerMessage,
                    },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        await mails.TellAsync(
            plan,
            next,
            (to, say) =>
                new News(
                    $"remind.{plan.Day:yyyyMMdd}",
                    say["Mail.RemindSubject", plan.Title.In(to.Language)],
                    plan.OnlineLink.Length > 0 ? say["Mail.RemindOnline", plan.OnlineLink] : say["Mail.Remind"],
                    HasCalendar: true
                ),
            ct
        );
        return next.Count == PerMessage ? command with { After = next[^1] } : null;
    }
}
