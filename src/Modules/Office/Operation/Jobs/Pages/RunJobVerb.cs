using System.CommandLine;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Operation.Jobs.Pages;

/// <summary><c>run-job NAME | --due</c>: a job now, and its end, or all that the schedule names for the day. On a demo <c>--today</c> lets it be another day's
/// work.</summary>
internal sealed class RunJobVerb : IVerb
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "The job's name, as 'jobs list' prints it: membership.draft-dues-run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _due = new("--due")
    {
        Description = "All jobs that the schedule names for the day and that do not rest, in the order of their times.",
    };

    public Command Define(IVerbHost host)
    {
        var command = new Command("run-job", "Run a job now, beside its schedule, and wait for its end; with --today, on demo installations, as on that day.")
        {
            _name,
            _due,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(_due) == result.GetValue(_name) is not null)
                result.AddProblem<JobsTexts>("Verb.OneJobOrDue");
        });
        command.SetAction(
            host.Run(_ => true, context => context.Arguments.GetValue(_name) is { } name ? JobAnswers.RunAsync(context, name) : RunDueAsync(context))
        );
        return command;
    }

    private static async Task<VerbAnswer> RunDueAsync(VerbContext context)
    {
        var today = context.Services.GetRequiredService<TimeProvider>().Today();
        var (start, end) = (today.StartOfBusinessDay(), today.AddDays(1).StartOfBusinessDay());
        var due = (await context.Bus.QueryAsync(new ListJobs(), context.Cancellation))
            .Where(j => !j.IsPaused)
            .Select(j => (j.Declaration.Name, At: CronTimes.Of(j.Declaration.Cron).After(start.AddTicks(-1))))
            .Where(j => j.At < end)
            .OrderBy(j => j.At)
            .ToList();
        var answers = new List<VerbAnswer>();
        foreach (var (name, _) in due)
            answers.Add(await JobAnswers.RunAsync(context, name));
        return new VerbAnswer(
            new { runs = answers.Select(a => a.Json) },
            string.Join('\n', due.Zip(answers, (job, answer) => $"{job.Name}: {answer.Text}")),
            answers.All(a => a.Ok)
        );
    }
}
