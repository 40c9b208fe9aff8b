using Association.Office.Operation.Messages;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.Operation.Jobs.Own;

/// <summary>Every night: does what must always hold still hold? What does not is a finding of the run, no failure; it would be as wrong in an hour.</summary>
[InternalOnly]
[MessageName("operation.verify-books")]
internal sealed record VerifyBooks(Guid Run) : ICommand;

[PlainWords(typeof(MessagesTexts), "Work.VerifyBooks")]
internal static class VerifyBooksHandler
{
    public static async Task<JobReport> HandleAsync(VerifyBooks command, IEnumerable<IVerifyCheck> checks, IUnitOfWork unit, CancellationToken ct)
    {
        // The checks read on connections of their own. In large books one takes longer than the bus lets a handler's transaction be silent.
        await unit.Connection.ExecuteAsync(
            new CommandDefinition("set local idle_in_transaction_session_timeout = '1h'", transaction: unit.Transaction, cancellationToken: ct)
        );
        return new JobReport(command.Run, await CheckAsync(checks, ct));
    }

    /// <summary>Asks one check after the other, by name; also for the verb <c>verify</c>.</summary>
    public static async Task<IReadOnlyList<JobFinding>> CheckAsync(IEnumerable<IVerifyCheck> checks, CancellationToken ct)
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
