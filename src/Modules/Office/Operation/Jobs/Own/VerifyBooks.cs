using Association.Office.Operation.Messages;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;

namespace Association.Office.Operation.Jobs.Own;

/// <summary>Every night: does what must always hold still hold? What does not is a finding of the run, no failure; it would be as wrong in an hour.</summary>
[InternalOnly]
[MessageName("operation.verify-books")]
internal sealed record VerifyBooks(Guid Run) : ICommand;

[PlainWords(typeof(MessagesTexts), "Work.VerifyBooks")]
internal static class VerifyBooksHandler
{
    public static async Task<JobReport> HandleAsync(VerifyBooks command, IEnumerable<IVerifyCheck> checks, CancellationToken ct) =>
        new(command.Run, await CheckBooksHandler.HandleAsync(new CheckBooks(), checks, ct));
}

/// <summary>Does what must always hold still hold? Every check, by name.</summary>
[Permission(OperationPermissions.ReadJobs)]
internal sealed record CheckBooks : IQuery<IReadOnlyList<JobFinding>>;

internal static class CheckBooksHandler
{
    public static async Task<IReadOnlyList<JobFinding>> HandleAsync(CheckBooks _, IEnumerable<IVerifyCheck> checks, CancellationToken ct)
    {
        var findings = new List<JobFinding>();
        foreach (var check in checks.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            var result = await check.RunAsync(ct);
            findings.Add(new JobFinding(check.Name, result.Ok, result.Detail));
        }
        return findings;
    }
}
