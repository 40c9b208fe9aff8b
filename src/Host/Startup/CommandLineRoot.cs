using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Association.Host.Installations;
using Association.Host.Telemetry;
using Association.Platform.Web.CommandLine;

namespace Association.Host.Startup;

/// <summary>The program's one entry: without a verb the office opens, with one the verb runs.</summary>
internal static class CommandLineRoot
{
    private const int Defect = 70; // EX_SOFTWARE of sysexits.h

    /// <summary>Runs what the words of a command line ask for.</summary>
    /// <param name="args">The words.</param>
    /// <param name="settings">As <see cref="HostComposition.CreateBuilder"/> takes them: another program that runs this one inside itself has no environment
    /// to give it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, params string[] settings)
    {
        WebApplicationBuilder builder;
        try
        {
            builder = HostComposition.CreateBuilder(settings);
        }
        catch (RefusedException e) // a setting that cannot be read; nobody asked for anything yet
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        await using var app = builder.Build();
        using var telemetry = TelemetryExport.Begin(app.Configuration);
        var options = app.Services.GetRequiredService<GlobalOptions>();
        var root = new RootCommand("Back office of an association. Without a verb the office opens in the browser.");
        options.AddTo(root);
        root.SetAction((arguments, ct) => SayingWhy(options.Read(arguments), () => OfficeServer.RunAsync(app, options.Read(arguments), ct)));
        await using (var scope = app.Services.CreateAsyncScope())
            foreach (var verb in scope.ServiceProvider.GetServices<IVerb>())
                root.Subcommands.Add(verb.Define(new VerbHost(app.Services, options)));
        var parsed = root.Parse(args);
        return parsed.Action switch
        {
            ParseErrorAction wrong => await RefuseAsync(parsed, wrong),
            HelpAction => await HelpAsync(parsed),
            _ => await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(60) }
            ),
        };
    }

    /// <summary>What was typed wrongly goes to standard error, in the language of the verbs; standard output is for answers.</summary>
    private static async Task<int> RefuseAsync(ParseResult parsed, ParseErrorAction wrong)
    {
        wrong.ShowHelp = false;
        using var meant = new StringWriter();
        var exit = await parsed.InvokeAsync(new InvocationConfiguration { Output = meant, Error = TextWriter.Null });
        foreach (var fault in ParserWords.Faults(parsed, meant.ToString(), VerbHost.German))
            await Console.Error.WriteLineAsync(fault);
        await Console.Error.WriteLineAsync(ParserWords.Hint(parsed.CommandResult, VerbHost.German));
        return exit;
    }

    private static async Task<int> HelpAsync(ParseResult parsed)
    {
        using var page = new StringWriter();
        var exit = await parsed.InvokeAsync(new InvocationConfiguration { Output = page });
        await Console.Out.WriteAsync(ParserWords.Help(page.ToString(), VerbHost.German));
        return exit;
    }

    /// <summary>Runs; a failure ends in sentences on standard error, or in its stack when it is a defect.</summary>
    public static async Task<int> SayingWhy(Invocation invocation, Func<Task<int>> body)
    {
        try
        {
            return await body();
        }
        catch (Exception e)
        {
            var sentences = Sentences.For(e, invocation);
            foreach (var sentence in sentences)
                await Console.Error.WriteLineAsync(sentence);
            if (sentences.Count > 0)
                return 1;
            await Console.Error.WriteLineAsync($"This should not have happened; please report it.\n{e}");
            return Defect;
        }
    }
}
