namespace Association.Platform.Messaging;

/// <summary>
/// How a handler's queue works and what happens when the handler fails. A handler sets it in
/// <c>static void Configure(HandlerPolicy policy)</c>; the first rule that fits the exception decides.
/// </summary>
/// <remarks>Without a fitting rule: three cooldowns, then scheduled retries over an hour, then the dead letters.</remarks>
public sealed class HandlerPolicy
{
    private static readonly FailureRule Default = new FailureRule(typeof(Exception))
        .RetryWithCooldown(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2))
        .ScheduleRetry(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(50));

    private readonly List<FailureRule> _rules = [];

    /// <summary>How many messages of this queue one process handles at once; null: the option's default.</summary>
    public int? Parallelism { get; private set; }

    /// <summary>Whether all messages of this queue are handled one after the other in the order of commit, on all hosts together.</summary>
    public bool IsStrictlyOrdered { get; private set; }

    /// <summary>Whether a page of messages shares one transaction.</summary>
    public bool HandlesPages { get; private set; }

    /// <summary>Starts a rule for an exception and what derives from it.</summary>
    public FailureRule OnException<T>() where T : Exception
    {
        var rule = new FailureRule(typeof(T));
        _rules.Add(rule);
        return rule;
    }

    /// <summary>At most so many at once in one process.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public HandlerPolicy MaximumParallelMessages(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Parallelism = count;
        return this;
    }

    /// <summary>One after the other in the order of commit, retries included, whatever the messages' own group keys.</summary>
    public HandlerPolicy StrictOrder()
    {
        IsStrictlyOrdered = true;
        return this;
    }

    /// <summary>
    /// Handles up to a page of messages in one transaction, for cheap handlers of many messages; when one of them fails, the page is
    /// handled again one by one. What they change in the context is saved once, so a handler sees through SQL nothing that an earlier message
    /// of its page left in the context.
    /// </summary>
    public HandlerPolicy HandlePagesTogether()
    {
        HandlesPages = true;
        return this;
    }

    internal FailureAction Decide(Exception exception, int failedAttempts) =>
        (_rules.FirstOrDefault(r => r.Fits(exception)) ?? Default).Decide(failedAttempts);

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", _rules.Append(Default).Select(r => r.ToString())) + (IsStrictlyOrdered ? "; strict order" : "") + (HandlesPages ? "; page by page" : "");
}

/// <summary>What to do about one kind of exception: retries in their order, then the end.</summary>
public sealed class FailureRule
{
    private readonly Type _exception;
    private readonly List<TimeSpan> _delays = [];
    private bool _discard;

    internal FailureRule(Type exception) => _exception = exception;

    /// <summary>Tries again after each of these short pauses, in turn.</summary>
    public FailureRule RetryWithCooldown(params TimeSpan[] pauses)
    {
        _delays.AddRange(pauses);
        return this;
    }

    /// <summary>Tries again later, after each of these times in turn. Meanwhile a verb does not wait for the message.</summary>
    public FailureRule ScheduleRetry(params TimeSpan[] delays)
    {
        _delays.AddRange(delays);
        return this;
    }

    /// <summary>Then (or at once) keeps the message among the dead letters. This is the end of every rule that says nothing else.</summary>
    public FailureRule MoveToErrorQueue()
    {
        _discard = false;
        return this;
    }

    /// <summary>Then (or at once) gives the message up; that is logged, counted and remembered, but nobody has to look.</summary>
    public FailureRule Discard()
    {
        _discard = true;
        return this;
    }

    internal bool Fits(Exception exception) => _exception.IsInstanceOfType(exception);

    internal FailureAction Decide(int failedAttempts) =>
        failedAttempts <= _delays.Count ? new FailureAction.Retry(_delays[failedAttempts - 1])
        : _discard ? FailureAction.Discard.Instance : FailureAction.DeadLetter.Instance;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_exception.Name}: {string.Concat(_delays.Select(d => $"retry after {d:c}, "))}{(_discard ? "discard" : "dead letter")}";
}

/// <summary>What a failure leads to.</summary>
internal abstract record FailureAction
{
    internal sealed record Retry(TimeSpan After) : FailureAction;

    internal sealed record DeadLetter : FailureAction
    {
        public static readonly DeadLetter Instance = new();
    }

    internal sealed record Discard : FailureAction
    {
        public static readonly Discard Instance = new();
    }
}
