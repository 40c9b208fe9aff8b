using System.CommandLine;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Operation;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;

namespace Association.Office.Operation.Messages.Verbs;

/// <summary><c>messages …</c>: what the pages about messages show and do, without a browser.</summary>
internal sealed class MessagesVerb : IVerb
{
    private readonly Argument<string> _queue = new("QUEUE") { Description = "The queue's stable name, as 'messages queues' prints it." };
    private readonly Option<string?> _onlyQueue = new("--queue") { Description = "Of this queue only.", HelpName = "QUEUE" };

    public Command Define(IVerbHost host)
    {
        var command = new Command("messages", "Show and work on the messages that follow from actions: queues, failed and scheduled ones.");
        command.Subcommands.Add(Sub("queues", "List every queue with what waits, runs and failed.", host.Run(_ => false, QueuesAsync)));
        foreach (var sub in new DeadLetterVerbs(host).Define())
            command.Subcommands.Add(sub);
        command.Subcommands.Add(
            Sub("scheduled", "List messages that are not due yet: planned for later, or to be tried again.", host.Run(_ => false, ScheduledAsync), _onlyQueue)
        );
        command.Subcommands.Add(Sub("pause", "Stop a queue on all hosts; its messages wait.", host.Run(_ => true, PauseAsync), _queue));
        command.Subcommands.Add(Sub("resume", "Go on with a paused queue.", host.Run(_ => true, ResumeAsync), _queue));
        command.Subcommands.Add(
            Sub("describe", "Print message, handler, queue and policy of everything that this release handles.", host.Run(_ => false, DescribeAsync))
        );
        return command;
    }

    internal static Command Sub(string name, string description, Func<ParseResult, CancellationToken, Task<int>> action, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }
        command.SetAction(action);
        return command;
    }

    private static async Task<VerbAnswer> QueuesAsync(VerbContext context)
    {
        var queues = await context.Bus.QueryAsync(new ListQueues(), context.Cancellation);
        return new VerbAnswer(queues, string.Join('\n', queues.Select(q => string.Join(", ", Parts(q)))));

        static IEnumerable<string> Parts(QueueState queue)
        {
            yield return $"{queue.Queue} ({queue.Work}): {queue.Waiting} waiting{(queue.OldestWaiting is { } oldest ? $" for up to {Formats.Duration(oldest)}" : "")}";
            if (queue.Running > 0)
                yield return $"{queue.Running} running";
            if (queue.Retrying > 0)
                yield return $"{queue.Retrying} to retry";
            if (queue.Scheduled > 0)
                yield return $"{queue.Scheduled} scheduled";
            if (queue.DeadLetters > 0)
                yield return $"{queue.DeadLetters} FAILED";
            yield return $"{queue.HandledLastHour} done in the last hour";
            if (queue.PausedAt is { } since)
                yield return $"PAUSED by {queue.PausedBy} since {Formats.Of(new DateTimeOffset(since))}";
        }
    }

    private async Task<VerbAnswer> ScheduledAsync(VerbContext context)
    {
        var rows = await context.Bus.QueryAsync(new ListScheduled(context.Arguments.GetValue(_onlyQueue), Limit: 500), context.Cancellation);
        return new VerbAnswer(
            rows,
            rows.Count == 0
                ? "Nothing is scheduled."
                : string.Join(
                    '\n',
                    rows.Select(r =>
                        $"{r.Id}  {Formats.Of(new DateTimeOffset(r.DueAt))}  {r.Queue}  {(r.Attempts == 0 ? "planned" : $"attempt {r.Attempts + 1}, last error: {r.LastError}")}"
                    )
                )
        );
    }

    private async Task<VerbAnswer> PauseAsync(VerbContext context)
    {
        var queue = context.Arguments.GetRequiredValue(_queue);
        await context.Bus.InvokeAsync(new PauseQueue(queue), context.Cancellation);
        return new VerbAnswer(new { queue, paused = true }, $"{queue} is paused. New messages wait until somebody resumes it.");
    }

    private async Task<VerbAnswer> ResumeAsync(VerbContext context)
    {
        var queue = context.Arguments.GetRequiredValue(_queue);
        await context.Bus.InvokeAsync(new ResumeQueue(queue), context.Cancellation);
        return new VerbAnswer(new { queue, paused = false }, $"{queue} goes on. The running office takes what waited; without one, the next start does.");
    }

    private static Task<VerbAnswer> DescribeAsync(VerbContext context)
    {
        var handlers = context.Services.GetRequiredService<MessagingModel>().Describe();
        return Task.FromResult(
            new VerbAnswer(
                handlers.Select(h => new
                {
                    h.Message,
                    Kind = h.Kind.ToString().ToLowerInvariant(),
                    h.Handler,
                    h.Queue,
                    h.Policy,
                }),
                string.Join(
                    '\n',
                    handlers
                        .Where(h => h.Kind != MessageKind.Query)
                        .Select(h => $"{h.Message} ({h.Kind.ToString().ToLowerInvariant()}) → {h.Handler} → {h.Queue} → {h.Policy}")
                )
            )
        );
    }
}
