using Association.Platform.Web.Modules;

namespace Association.Office.Operation.Jobs.Own;

/// <summary>What the product does for itself at night. The bus forgets handled messages and used form tokens by a timer of its own.</summary>
internal static class OwnJobs
{
    public static readonly IReadOnlyList<JobDeclaration> All =
    [
        new("operation.verify-books", "0 15 3 * * ?", LateRun.Once, "Job.VerifyBooks", typeof(JobsTexts), run => new VerifyBooks(run.Id)),
        new("operation.forget-runs", "0 45 3 * * ?", LateRun.Skip, "Job.ForgetRuns", typeof(JobsTexts), _ => new ForgetRuns()),
    ];
}
