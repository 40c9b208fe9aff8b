namespace Association.Office.Operation;

/// <summary>Permissions of what the host itself operates.</summary>
internal static class OperationPermissions
{
    /// <summary>See jobs and how their runs ended. What a nightly check of the books found concerns everybody who works with them.</summary>
    public const string ReadJobs = "operation.jobs.read";

    /// <summary>Run, pause and resume jobs.</summary>
    public const string ManageJobs = "operation.jobs.manage";

    /// <summary>Look into the scheduler behind the jobs: its servers, and what it fired and failed to fire.</summary>
    public const string Scheduler = "operation.scheduler";
}
