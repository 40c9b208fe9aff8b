using Association.Office.Operation.Jobs.Runs;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Jobs.Pages;

/// <summary>Jobs whose latest run failed or found something wrong, and jobs that did not run when they should have.</summary>
internal sealed class JobTask(
    JobCatalog catalog,
    RunReader runs,
    OverdueJobs overdue,
    SchedulerState scheduler,
    JobWords words,
    IStringLocalizer<JobsTexts> texts
) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(OperationPermissions.ReadJobs))
            return [];
        var rows = new List<TodayRow>();
        if (scheduler.Mode == SchedulerMode.Failed)
            rows.Add(Row(texts["Today.Scheduler"], texts["Scheduler.Failed"], JobsUrl.All));
        foreach (var run in await runs.LatestAsync(ct))
            if (catalog.Find(run.Job) is { } job && run.Outcome is JobRunOutcome.Failed or JobRunOutcome.Wrong)
                rows.Add(Row(texts["Today.Job", words.Title(job), words.Outcome(run)], Detail(run, actor), JobsUrl.Of(job.Name)));
        if (scheduler.Mode == SchedulerMode.Starting)
            return rows; // what is due is fired in a moment
        foreach (var late in await overdue.FindAsync(ct))
            rows.Add(
                Row(
                    texts["Today.Job", words.Title(catalog.Find(late.Job)!), texts["Job.DidNotRun"]],
                    texts["Today.Missed", Formats.Of(late.Missed)],
                    JobsUrl.Of(late.Job)
                )
            );
        return rows;
    }

    private string Detail(JobRunView run, Actor actor)
    {
        var said = texts[$"Today.{run.Outcome}", Formats.Of(run.FireTime)].Value;
        return run.Outcome == JobRunOutcome.Failed ? $"{said} {words.Remedy(actor.May(MessagingPermissions.Manage))}" : said;
    }

    private TodayRow Row(string text, string detail, string href) => new(texts["Jobs.Title"], text, detail, href, texts["Today.Look"], Urgency.Now);
}
