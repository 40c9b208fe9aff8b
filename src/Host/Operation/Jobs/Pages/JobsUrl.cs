using Association.Host.Operation.Jobs.Runs;
using Association.Host.Operation.Messages;
using Microsoft.AspNetCore.WebUtilities;

namespace Association.Host.Operation.Jobs.Pages;

/// <summary>Addresses of the pages about jobs.</summary>
internal static class JobsUrl
{
    public const string All = "/office/jobs";

    /// <summary>One job.</summary>
    public static string Of(string job) => $"{All}/{job}";

    /// <summary>What failed in a run.</summary>
    public static string Letter(RunDeadLetter letter) => QueryHelpers.AddQueryString($"{MessagesUrl.Queues}/dead/{letter.Id}", "queue", letter.Queue);

    /// <summary>One job, with what a run found.</summary>
    public static string Of(string job, Guid run) => $"{All}/{job}?run={run}#findings";
}
