namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>How the scheduler of this process is doing.</summary>
internal sealed class SchedulerState
{
    private volatile SchedulerMode _mode = SchedulerMode.Starting;

    /// <summary>At this moment.</summary>
    public SchedulerMode Mode => _mode;

    /// <summary>This process fires nothing on purpose.</summary>
    public void TurnedOff() => _mode = SchedulerMode.Off;

    /// <summary>It started.</summary>
    public void Runs() => _mode = SchedulerMode.Running;

    /// <summary>It could not start; it is tried again.</summary>
    public void Failed() => _mode = SchedulerMode.Failed;
}

/// <summary>What the scheduler of this process does.</summary>
public enum SchedulerMode
{
    /// <summary>About to start; also where no scheduler belongs, as on the command line.</summary>
    Starting,

    /// <summary>Fires.</summary>
    Running,

    /// <summary>Off on purpose: the office acts on another day.</summary>
    Off,

    /// <summary>Should run and does not.</summary>
    Failed,
}
