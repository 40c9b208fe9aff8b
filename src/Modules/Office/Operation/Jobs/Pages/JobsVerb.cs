using System.CommandLine;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Operation.Jobs.Pages;

/// <summary><c>jobs</c>: what runs by the calendar, how it ended, and the same commands as on the page. Starts no scheduler.</summary>
internal sealed class JobsVerb : IVerb
{
    private readonly Argument<string> _job = new("JOB") { Description = "The job's name, as 'jobs list' prints it: operation.verify-books." };

    public Command Define(IVerbHost host) =>
        new("jobs", "What runs by the calendar: list, look, pause, resume; run-job runs one now.")
        {
            Part("list", "Every job with its schedule, next and latest run.", host.Run(_ => false, ListAsync)),
            Part("show", "One job with its latest runs.", host.Run(_ => false, ShowAsync), _job),
            Part(
                "pause",
                "Let a job rest until it is resumed, on all hosts.",
                host.Run(_ => true, context => ChangeAsync(context, new PauseJob(Job(context)))),
                _job
            ),
            Part(
                "resume",
                "Go on with a job from its next regular time.",
                host.Run(_ => true, context => ChangeAsync(context, new ResumeJob(Job(context)))),
                _job
            ),
        };

    private static Command Part(string name, string about, Func<ParseResult, CancellationToken, Task<int>> action, params Argument[] arguments)
    {
        var command = new Command(name, about);
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        command.SetAction(action);
        return command;
    }

    private string Job(VerbContext context) => context.Arguments.GetRequiredValue(_job);

    private static async Task<VerbAnswer> ListAsync(VerbContext context)
    {
        var words = context.Services.GetRequiredService<JobWords>();
        var jobs = await context.Bus.QueryAsync(new ListJobs(), context.Cancellation);
        return new VerbAnswer(new { jobs = jobs.Select(j => Json(j, words)) }, string.Join('\n', jobs.Select(j => Line(j, words))));
    }

    private async Task<VerbAnswer> ShowAsync(VerbContext context)
    {
        var words = context.Services.GetRequiredService<JobWords>();
        var found = await JobAnswers.ReadAsync(context, Job(context));
        return new VerbAnswer(
            new { job = Json(found.Job, words), runs = found.Runs.Select(r => JobAnswers.Json(r, words)) },
            string.Join('\n', [Line(found.Job, words), .. found.Runs.Select(r => "  " + JobAnswers.Line(r, words))])
        );
    }

    private async Task<VerbAnswer> ChangeAsync(VerbContext context, object command)
    {
        await context.Bus.InvokeAsync(command, context.Cancellation);
        var words = context.Services.GetRequiredService<JobWords>();
        var (job, _) = await JobAnswers.ReadAsync(context, Job(context));
        return new VerbAnswer(Json(job, words), Line(job, words));
    }

    private static string Line(JobView job, JobWords words) =>
        $"{job.Declaration.Name}: {words.Schedule(job.Declaration)}; {(job.IsPaused ? "paused" : $"next {JobAnswers.When(job.Next)}")}{(job.Missed is { } missed ? $"; DID NOT RUN at {JobAnswers.When(missed)}" : "")}; latest {(job.Latest is { } run ? JobAnswers.Line(run, words) : "none")}";

    private static object Json(JobView job, JobWords words) =>
        new
        {
            name = job.Declaration.Name,
            title = words.Title(job.Declaration),
            cron = job.Declaration.Cron,
            schedule = words.Schedule(job.Declaration),
            late = job.Declaration.Late.ToString(),
            paused = job.IsPaused,
            next = job.Next,
            missed = job.Missed,
            latest = job.Latest is { } run ? JobAnswers.Json(run, words) : null,
        };
}
