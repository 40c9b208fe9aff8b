using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Messaging.Model;
using Association.Platform.Web.Modules;

namespace Association.Office.Operation.Jobs;

/// <summary>The jobs that the installed modules declare.</summary>
internal sealed class JobCatalog(IEnumerable<IModule> modules)
{
    /// <summary>In the order of the modules.</summary>
    public IReadOnlyList<JobDeclaration> All { get; } = [.. modules.SelectMany(m => m.Jobs)];

    /// <summary>The job of this name; null when no module of this release declares it.</summary>
    public JobDeclaration? Find(string name) => All.FirstOrDefault(j => j.Name == name);

    /// <summary>Refuses declarations that could never run.</summary>
    /// <exception cref="JobDeclarationException">Lists all that is wrong.</exception>
    public void EnsureValid(MessagingModel model, DateTimeOffset now)
    {
        var findings = All.GroupBy(j => j.Name, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => $"The job '{g.Key}' is declared {g.Count()} times.")
            .Concat(All.SelectMany(job => FindingsOf(job, model, now)))
            .ToList();
        if (findings.Count > 0)
            throw new JobDeclarationException(findings);
    }

    private static IEnumerable<string> FindingsOf(JobDeclaration job, MessagingModel model, DateTimeOffset now)
    {
        if (!CronTimes.TryParse(job.Cron, out var times, out var reason))
            yield return $"The job '{job.Name}' has the cron expression '{job.Cron}', which cannot be read: {reason}";
        else if (times.After(now) is null)
            yield return $"The job '{job.Name}' has the cron expression '{job.Cron}', which never comes again.";
        if (!model.IsHandled(job.Message(new JobRun(Guid.Empty, now, default)).GetType()))
            yield return $"The job '{job.Name}' sends a message that nobody handles.";
    }
}
