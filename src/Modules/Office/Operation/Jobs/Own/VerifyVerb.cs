using System.CommandLine;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Operation.Jobs.Own;

/// <summary><c>verify</c>: does what must always hold still hold? Exit code 0 only when all of it does.</summary>
internal sealed class VerifyVerb : IVerb
{
    public Command Define(IVerbHost host)
    {
        var command = new Command("verify", "Check what must always hold: the ledger balances, numbers have no gap, archived files are unchanged.");
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var findings = await context.Bus.QueryAsync(new CheckBooks(), context.Cancellation);
        var ok = findings.All(f => f.Ok);
        var lines = findings.Select(f => $"{(f.Ok ? "ok    " : "WRONG ")}{f.Subject}: {f.Detail}");
        return new VerbAnswer(
            new
            {
                ok,
                checks = findings.Select(f => new
                {
                    name = f.Subject,
                    f.Ok,
                    f.Detail,
                }),
            },
            string.Join('\n', [.. lines, ok ? "All checks hold." : "Not everything holds."]),
            ok
        );
    }
}
