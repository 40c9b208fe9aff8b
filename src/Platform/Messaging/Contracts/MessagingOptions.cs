namespace Association.Platform.Messaging;

/// <summary>Numbers of the bus; the defaults fit a small server. Bound from the section <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    /// <summary>How many messages one queue handles at once in this process, unless its handler's policy says otherwise. More than cores: a commit waits for
    /// the disk.</summary>
    public int Parallelism { get; set; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>How many handlers run at once in this process, over all queues; each holds a connection.</summary>
    public int MaxConcurrentHandlers { get; set; } = Math.Max(8, 4 * Environment.ProcessorCount);

    /// <summary>How often the store is asked for work that came from elsewhere: due now, sent by a verb, or left by a process that died.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a handler's transaction may say nothing to the database before the database ends it and the message goes to another
    /// worker: the time after which the work of a host that froze or lost its network is taken over. That of a process that ended goes on at once.
    /// </summary>
    public TimeSpan HandlerSilence { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A message whose handling broke off this often without an exception (it ends its process?) becomes a dead letter.</summary>
    public int MaxInterruptions { get; set; } = 10;

    /// <summary>How long a stopping process lets running handlers finish before it cancels them.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Multiplies every retry delay; tests set 0, so that a failing message reaches its end at once.</summary>
    public double RetryDelayScale { get; set; } = 1;

    /// <summary>How long handled messages are remembered.</summary>
    public TimeSpan KeepHandled { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often old trails and form tokens are deleted, and messages in queues that no release knows are parked.</summary>
    public TimeSpan HousekeepingInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a message may lie due in a queue that this release does not know (another release may run beside it).</summary>
    public TimeSpan UnknownQueueGrace { get; set; } = TimeSpan.FromMinutes(30);
}
