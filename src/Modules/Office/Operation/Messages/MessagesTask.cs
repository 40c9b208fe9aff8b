using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Messages;

/// <summary>Messages that failed for good, a row a task, and queues that somebody paused and may have forgotten.</summary>
internal sealed class MessagesTask(IMessageBus bus, IStringLocalizer<MessagesTexts> texts) : ITodayTask
{
    private const int MostRows = 4;

    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(MessagingPermissions.Read))
            return [];
        var failed = await bus.QueryAsync(new CountDeadLetters(DeadLetterSelection.All(new())), ct);
        var rows = failed.Take(failed.Count > MostRows ? MostRows - 1 : MostRows).Select(Failed).ToList();
        if (failed.Count > MostRows)
            rows.Add(Row(texts["Today.FailedMore", new Count(failed.Count - MostRows + 1)], "", MessagesUrl.Dead, "Today.Decide", Urgency.Now));
        rows.AddRange((await bus.QueryAsync(new ListPausedQueues(Forgotten), ct)).Select(Paused));
        return rows;
    }

    private TodayRow Failed(DeadLetterCount failed) =>
        Row(
            texts["Today.Failed", new Count(failed.Letters), failed.Work],
            texts["Today.FailedSince", Formats.Of(new DateTimeOffset(failed.OldestAt))],
            MessagesUrl.DeadOf(failed.Queue),
            "Today.Decide",
            Urgency.Now
        );

    private TodayRow Paused(PausedQueue paused) =>
        Row(
            texts["Today.Paused", Formats.Duration(paused.For), paused.Work],
            texts["Today.PausedDetail", paused.By, new Count(paused.Waiting)],
            MessagesUrl.Queues,
            "Today.Look",
            Urgency.Soon
        );

    private TodayRow Row(string text, string detail, string href, string action, Urgency urgency) =>
        new(texts["Today.Group"], text, detail, href, texts[action], urgency);
}
