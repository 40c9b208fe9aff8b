using System.CommandLine;
using Association.Office.Operation.Messages.DeadLetters;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;

namespace Association.Office.Operation.Messages.Verbs;

/// <summary><c>messages dead|show|replay|discard</c>.</summary>
internal sealed class DeadLetterVerbs(IVerbHost host)
{
    private readonly Argument<Guid> _id = new Argument<Guid>("ID") { Description = "The message, as 'messages dead' prints it." }.InWords();
    private readonly Argument<Guid[]> _ids = new("ID")
    {
        Description = "Messages, as 'messages dead' prints them. Without any, say which by --queue, --name, --text or --all.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _queue = new("--queue") { Description = "Of this queue only.", HelpName = "QUEUE" };
    private readonly Option<string?> _name = new("--name") { Description = "Only messages of this stable name.", HelpName = "NAME" };
    private readonly Option<string?> _text = new("--text") { Description = "Only those whose error contains this.", HelpName = "TEXT" };
    private readonly Option<bool> _discarded = new("--discarded") { Description = "Those that somebody discarded, instead of those that are open." };
    private readonly Option<bool> _all = new("--all") { Description = "All that failed." };
    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why they are not needed any more; stays on record.",
        Required = true,
        HelpName = "TEXT",
    };

    public IEnumerable<Command> Define() =>
        [
            MessagesVerb.Sub(
                "dead",
                "List messages that failed for good, the newest first, at most 500.",
                host.Run(_ => false, ListAsync),
                _queue,
                _name,
                _text,
                _discarded
            ),
            MessagesVerb.Sub(
                "show",
                "Print a failed message: content, error, and what else the same action caused.",
                host.Run(_ => false, ShowAsync),
                _id,
                _queue
            ),
            MessagesVerb.Sub(
                "replay",
                "Try failed messages again, and wait for how they end.",
                host.Run(_ => true, ReplayAsync),
                _ids,
                _queue,
                _name,
                _text,
                _all
            ),
            MessagesVerb.Sub(
                "discard",
                "Give failed messages up; they stay readable.",
                host.Run(_ => true, DiscardAsync),
                _ids,
                _queue,
                _name,
                _text,
                _all,
                _reason
            ),
        ];

    private DeadLetterFilter Filter(ParseResult arguments) => new(arguments.GetValue(_queue), arguments.GetValue(_name), arguments.GetValue(_text));

    private async Task<VerbAnswer> ListAsync(VerbContext context)
    {
        var letters = await context.Bus.QueryAsync(
            new ListDeadLetters(Filter(context.Arguments) with { Discarded = context.Arguments.GetValue(_discarded) }, Limit: 500),
            context.Cancellation
        );
        return new VerbAnswer(
            letters,
            letters.Count == 0
                ? "Nothing failed."
                : string.Join(
                    '\n',
                    letters.Select(l =>
                        $"{l.Id}  {Formats.Of(new DateTimeOffset(l.FailedAt))}  {l.Queue}  {LetterTexts.FirstLine(l)}{(l.DiscardReason is { } reason ? $" (discarded by {l.DiscardedBy}: {reason})" : "")}"
                    )
                )
        );
    }

    private async Task<VerbAnswer> ShowAsync(VerbContext context)
    {
        var (id, queue) = (context.Arguments.GetRequiredValue(_id), context.Arguments.GetValue(_queue));
        var record = await context.Bus.QueryAsync(new ReadDeadLetter(id, queue), context.Cancellation) ?? throw Unknown(id);
        var letter = record.Letter;
        return new VerbAnswer(
            record,
            string.Join(
                '\n',
                [
                    $"{letter.Work}: failed {Formats.Of(new DateTimeOffset(letter.FailedAt))} after {letter.Attempts} attempts, sent {Formats.Of(new DateTimeOffset(letter.SentAt))}",
                    $"queue {letter.Queue}, message {letter.Name}, action {letter.CorrelationId}",
                    .. letter.DiscardReason is { } reason ? [$"discarded by {letter.DiscardedBy}: {reason}"] : Array.Empty<string>(),
                    LetterTexts.Pretty(letter.Body),
                    letter.ExceptionText,
                    .. record.Related.Select(r => $"{r.End.ToString().ToLowerInvariant()}: {r.Queue}, {Formats.Of(new DateTimeOffset(r.At))}"),
                ]
            )
        );
    }

    private async Task<VerbAnswer> ReplayAsync(VerbContext context)
    {
        var selection = await SelectionAsync(context);
        var (replayed, withoutHandler) = (0, 0);
        for (var more = true; more; )
        {
            var step = await context.Bus.InvokeAsync<Replayed>(new ReplayDeadLetters(selection), context.Cancellation);
            replayed += step.Letters;
            withoutHandler = step.WithoutHandler;
            more = step is { More: true, Letters: > 0 };
        }
        await context.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync(context.Cancellation);
        var again = await context.Bus.QueryAsync(
            new CountDeadLetters(selection.Matching is { } filter ? DeadLetterSelection.All(filter with { Until = null }) : selection),
            context.Cancellation
        );
        var failed = (int)again.Sum(c => c.Letters) - withoutHandler;
        return new VerbAnswer(
            new
            {
                replayed,
                failed,
                withoutHandler,
            },
            $"{replayed} tried again{(failed > 0 ? $"; {failed} that match failed" : "")}{(withoutHandler > 0 ? $"; {withoutHandler} are accepted by no part of this program" : "")}.",
            Ok: failed <= 0 && withoutHandler == 0
        );
    }

    private async Task<VerbAnswer> DiscardAsync(VerbContext context)
    {
        var discarded = await context.Bus.InvokeAsync<int>(
            new DiscardDeadLetters(await SelectionAsync(context), context.Arguments.GetRequiredValue(_reason)),
            context.Cancellation
        );
        return new VerbAnswer(new { discarded }, $"{discarded} discarded; 'messages dead --discarded' lists them.");
    }

    /// <summary>The letters that were named, or all that match and failed until now.</summary>
    private async Task<DeadLetterSelection> SelectionAsync(VerbContext context)
    {
        var (ids, filter) = (context.Arguments.GetValue(_ids) ?? [], Filter(context.Arguments));
        if (ids.Length == 0)
        {
            if (filter == new DeadLetterFilter() && !context.Arguments.GetValue(_all))
                throw new RefusedException("Which messages? Name them by ID, or say --queue, --name, --text or --all.");
            var matching = await context.Bus.QueryAsync(new CountDeadLetters(DeadLetterSelection.All(filter)), context.Cancellation);
            if (matching.Count == 0)
                throw new RefusedException("No failed message matches.");
            return DeadLetterSelection.All(filter with { Until = matching.Max(c => c.NewestAt) });
        }
        var letters = new List<LetterKey>();
        foreach (var id in ids)
        {
            var letter = (await context.Bus.QueryAsync(new ReadDeadLetter(id, filter.Queue), context.Cancellation) ?? throw Unknown(id)).Letter;
            letters.Add(new LetterKey(letter.Id, letter.Queue));
        }
        return DeadLetterSelection.Of([.. letters]);
    }

    private static RefusedException Unknown(Guid id) => new($"There is no failed message {id}; it may have been replayed. 'messages dead' lists them.");
}
