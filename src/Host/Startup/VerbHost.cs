using System.CommandLine;
using System.Globalization;
using Association.Host.Installations;
using Association.Office.Contracts;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;

namespace Association.Host.Startup;

/// <summary>Runs the bodies of verbs on the same handlers and data as the office, without its web server and its background work.</summary>
internal sealed class VerbHost(IServiceProvider services, GlobalOptions options) : IVerbHost
{
    /// <summary>What verbs speak: the product's first language, whatever the shell's.</summary>
    public static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    public Func<ParseResult, CancellationToken, Task<int>> Run(Func<ParseResult, bool> writes, Func<VerbContext, Task<VerbAnswer>> body) =>
        (arguments, ct) =>
        {
            var invocation = options.Read(arguments);
            return CommandLineRoot.SayingWhy(
                invocation,
                async () => await PrintAsync(invocation, await RunAsync(invocation, arguments, writes(arguments), body, ct))
            );
        };

    public Func<ParseResult, CancellationToken, Task<int>> RunOnData(Func<DataContext, Task<VerbAnswer>> body) =>
        (arguments, ct) =>
        {
            var invocation = options.Read(arguments);
            return CommandLineRoot.SayingWhy(invocation, async () => await PrintAsync(invocation, await RunOnDataAsync(invocation, arguments, body, ct)));
        };

    private Task<VerbAnswer> RunOnDataAsync(Invocation invocation, ParseResult arguments, Func<DataContext, Task<VerbAnswer>> body, CancellationToken ct)
    {
        SpeakGerman();
        var installation = services.GetRequiredService<Installation>();
        return body(new DataContext(arguments, installation.NamesServer ? null : invocation.DataFolder, () => installation.ConnectAsync(invocation, ct), ct));
    }

    /// <summary>What a verb says of an office's data, it says as the pages do.</summary>
    private static void SpeakGerman() =>
        CultureInfo.DefaultThreadCurrentCulture =
            CultureInfo.DefaultThreadCurrentUICulture =
            CultureInfo.CurrentCulture =
            CultureInfo.CurrentUICulture =
                German;

    private static async Task<int> PrintAsync(Invocation invocation, VerbAnswer answer)
    {
        await Console.Out.WriteLineAsync(invocation.Json ? VerbJson.Serialize(answer.Json) : answer.Text);
        return answer.Ok ? 0 : 1;
    }

    private async Task<VerbAnswer> RunAsync(
        Invocation invocation,
        ParseResult arguments,
        bool writes,
        Func<VerbContext, Task<VerbAnswer>> body,
        CancellationToken ct
    )
    {
        SpeakGerman();
        var installation = services.GetRequiredService<Installation>();
        await installation.OpenAsync(invocation, asOffice: false, ct);
        if (writes && invocation.Login is null)
            throw new RefusedException(
                $"This verb writes, so it must know who acts: add --as {(installation.IsDemo ? string.Join(" or --as ", DemoPeople.All.Select(p => p.Login)) : "LOGIN")}."
            );
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = invocation.Login is { } login
            ? await scope.ServiceProvider.GetRequiredService<ICommandLineSignIn>().SignInAsync(login, installation.IsDemo, ct)
            : new Actor(null, "Kommandozeile", services.GetRequiredService<PermissionCatalog>().Of(PermissionKind.Read));
        var drain = scope.ServiceProvider.GetRequiredService<IMessageDrain>();
        var answer = await body(
            new VerbContext(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IMessageBus>(), arguments, () => SettleAsync(drain, ct), ct)
        );
        await SettleAsync(drain, ct);
        return answer;
    }

    /// <summary>Waits for everything that the verb caused, here or in the running office.</summary>
    private static async Task SettleAsync(IMessageDrain drain, CancellationToken ct)
    {
        var report = await drain.DrainAsync(ct);
        if (report.Ok)
            return;
        var failures = report.DeadLettered.Concat(report.Scheduled.Where(m => m.Attempts > 0)).Select(m => $"{m.Queue} ({m.Error?.Split('\n')[0]})").Distinct();
        throw new RefusedException(
            $"The verb itself was done, but what follows from it failed: {string.Join("; ", failures)}. The office shows these messages and lets them be repeated."
        );
    }
}
