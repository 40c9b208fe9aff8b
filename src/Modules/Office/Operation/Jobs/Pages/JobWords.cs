using Association.Office.Operation.Jobs.Runs;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Components;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Jobs.Pages;

/// <summary>What pages and verbs call jobs and their runs.</summary>
internal sealed class JobWords(IStringLocalizer<JobsTexts> texts, IStringLocalizerFactory modules)
{
    /// <summary>What a person calls the job.</summary>
    public string Title(JobDeclaration job) => modules.Create(job.Texts)[job.TitleKey];

    /// <summary>One sentence on what it does.</summary>
    public string About(JobDeclaration job) => modules.Create(job.Texts)[job.AboutKey];

    /// <summary>When it comes, in words.</summary>
    public string Schedule(JobDeclaration job) => CronWords.Describe(job.Cron, texts);

    /// <summary>„erledigt“, „2 von 9 Prüfungen schlagen an“.</summary>
    public string Outcome(JobRunView run) =>
        run.Outcome switch
        {
            JobRunOutcome.Wrong => texts["Outcome.Wrong", new Count(run.Findings.Count(f => !f.Ok)), new Count(run.Findings.Count)],
            _ => texts[$"Outcome.{run.Outcome}"],
        };

    /// <summary>„nach Plan“, „nachgeholt“, or who asked for it; in a demo also as on which day.</summary>
    public string Cause(JobRunView run) =>
        run switch
        {
            { OtherDay: { } day } => texts["Run.AsOn", run.AskedBy!, Formats.Of(day)],
            { AskedBy: { } name } => name,
            { IsMadeUp: true } => texts["Run.MadeUp"],
            _ => texts["Run.BySchedule"],
        };

    /// <summary>What is to be done about a run that failed.</summary>
    /// <param name="mayDecide">Whether the reader decides about dead letters.</param>
    public string Remedy(bool mayDecide) => texts[mayDecide ? "Job.FailedText" : "Job.FailedTextOther"];

    /// <summary>What a finding is about; its stable name where no text stands for it.</summary>
    public string Subject(JobFinding finding) => texts[$"Finding.{finding.Subject}"] is { ResourceNotFound: false } text ? text : finding.Subject;

    /// <summary>What was found, in the reader's language as far as it has one: a check says it in English.</summary>
    public string Detail(JobFinding finding) => modules.Say(finding.Detail);

    /// <summary>„0,3 s“, „42 s“, „3 min 20 s“, „1 h 5 min“.</summary>
    public static string Duration(TimeSpan? duration) =>
        duration switch
        {
            null => "–",
            { TotalSeconds: < 0.05 } => Joined(Formats.Number(0.1m), "s").Insert(0, "< "),
            { TotalSeconds: < 10 } d => Joined(Formats.Number(decimal.Round((decimal)d.TotalSeconds, 1)), "s"),
            { TotalMinutes: < 1 } d => Joined(d.Seconds, "s"),
            { TotalHours: < 1 } d => $"{Joined(d.Minutes, "min")} {Joined(d.Seconds, "s")}",
            { } d => $"{Joined((int)d.TotalHours, "h")} {Joined(d.Minutes, "min")}",
        };

    /// <summary>Shape and colour of an outcome.</summary>
    public static StateKind Kind(JobRunOutcome outcome) =>
        outcome switch
        {
            JobRunOutcome.Done => StateKind.Ok,
            JobRunOutcome.Running => StateKind.Open,
            JobRunOutcome.Retrying => StateKind.Warn,
            JobRunOutcome.GivenUp => StateKind.Ended,
            _ => StateKind.Bad,
        };

    private static string Joined(object number, string unit) => $"{number}\u00a0{unit}";
}
