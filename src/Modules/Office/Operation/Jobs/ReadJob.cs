using Association.Office.Operation.Jobs.Runs;
using Association.Platform.Messaging;

namespace Association.Office.Operation.Jobs;

/// <summary>One job with its latest runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Limit">At most so many runs, up to 500.</param>
[Permission(OperationPermissions.ReadJobs)]
internal sealed record ReadJob(string Name, int Limit = 100) : IQuery<JobHistory?>;

/// <summary>A job and its runs, the latest first.</summary>
internal sealed record JobHistory(JobView Job, IReadOnlyList<JobRunView> Runs);

internal static class ReadJobHandler
{
    public static async Task<JobHistory?> HandleAsync(ReadJob query, IMessageBus bus, RunReader runs, CancellationToken ct) =>
        (await bus.QueryAsync(new ListJobs(), ct)).FirstOrDefault(j => j.Declaration.Name == query.Name) is { } job
            ? new JobHistory(job, await runs.HistoryAsync(query.Name, Math.Clamp(query.Limit, 1, 500), ct))
            : null;
}
