using Association.Office.Operation.Jobs.Runs;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;

namespace Association.Office.Operation.Jobs.Pages;

/// <summary>What the verbs about jobs answer.</summary>
internal static class JobAnswers
{
    /// <summary>Runs a job now, waits for its end, and says how it ended; exit code 0 when it ended well.</summary>
    public static async Task<VerbAnswer> RunAsync(VerbContext context, string job)
    {
        var started = await context.Bus.InvokeAsync<JobRunStarted>(new RunJobNow(job), context.Cancellation);
        await context.Drain();
        var run = (await ReadAsync(context, job)).Runs.First(r => r.Id == started.Id);
        var words = context.Services.GetRequiredService<JobWords>();
        var findings = run.Findings.Select(f => $"{(f.Ok ? "ok    " : "WRONG ")}{f.Subject}: {words.Detail(f)}");
        string[] remedy = run.Outcome == JobRunOutcome.Failed ? [words.Remedy(mayDecide: true)] : [];
        return new VerbAnswer(
            Json(run, words),
            string.Join('\n', [Line(run, words), .. findings, .. remedy]),
            run.Outcome is JobRunOutcome.Done or JobRunOutcome.Running
        );
    }

    /// <summary>A job with its latest runs.</summary>
    /// <exception cref="RefusedException">There is none of this name.</exception>
    public static async Task<JobHistory> ReadAsync(VerbContext context, string job) =>
        await context.Bus.QueryAsync(new ReadJob(job), context.Cancellation)
        ?? throw new RefusedException(
            $"There is no job '{job}'. Known are {string.Join(", ", context.Services.GetRequiredService<JobCatalog>().All.Select(j => j.Name))}."
        );

    public static string Line(JobRunView run, JobWords words) =>
        $"{When(run.FireTime)} {words.Outcome(run)} ({JobWords.Duration(run.Duration)}, {words.Cause(run)}){(run.Error is { } error ? $": {error}" : "")}";

    public static string When(DateTimeOffset? time) => time is { } t ? Formats.Of(t) : "never";

    public static object Json(JobRunView run, JobWords words) =>
        new
        {
            id = run.Id,
            job = run.Job,
            fireTime = run.FireTime,
            askedBy = run.AskedBy,
            madeUp = run.IsMadeUp,
            otherDay = run.OtherDay,
            startedAt = run.StartedAt,
            endedAt = run.EndedAt,
            seconds = run.Duration?.TotalSeconds,
            outcome = run.Outcome.ToString(),
            result = words.Outcome(run),
            error = run.Error,
            findings = run.Findings.Select(f => f with { Detail = words.Detail(f) }),
        };
}
