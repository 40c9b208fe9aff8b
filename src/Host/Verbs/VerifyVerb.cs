using System.CommandLine;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;

namespace Association.Host.Verbs;

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
        var checks = new List<NamedResult>();
        foreach (var check in context.Services.GetServices<IVerifyCheck>().OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            var result = await check.RunAsync(context.Cancellation);
            checks.Add(new NamedResult(check.Name, result.Ok, result.Detail));
        }
        var ok = checks.All(c => c.Ok);
        var lines = checks.Select(c => $"{(c.Ok ? "ok    " : "WRONG ")}{c.Name}: {c.Detail}");
        return new VerbAnswer(new { ok, checks }, string.Join('\n', [.. lines, ok ? "All checks hold." : "Not everything holds."]), ok);
    }

    private sealed record NamedResult(string Name, bool Ok, string Detail);
}
