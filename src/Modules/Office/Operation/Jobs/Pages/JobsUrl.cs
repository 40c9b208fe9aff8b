namespace Association.Office.Operation.Jobs.Pages;

/// <summary>Addresses of the pages about jobs.</summary>
internal static class JobsUrl
{
    public const string All = "/office/jobs";

    /// <summary>The scheduler's own pages.</summary>
    public const string Scheduler = "/office/operation/hangfire";

    /// <summary>One job.</summary>
    public static string Of(string job) => $"{All}/{job}";

    /// <summary>One job, with what a run found.</summary>
    public static string Of(string job, Guid run) => $"{All}/{job}?run={run}#findings";
}
