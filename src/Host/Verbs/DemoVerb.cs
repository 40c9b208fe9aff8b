using System.CommandLine;
using Association.Host.Installations;
using Association.Platform.Data.Users;
using Association.Platform.Web.CommandLine;

namespace Association.Host.Verbs;

/// <summary><c>demo</c>: adds the invented records that <c>./run.sh</c> adds to an empty folder. Repeating it changes nothing.</summary>
internal sealed class DemoVerb : IVerb
{
    public Command Define(IVerbHost host)
    {
        var command = new Command("demo", "Add invented members for trying the product (demo installations only).");
        command.SetAction(host.Run(_ => false, RunAsync)); // acts as the product itself, so nobody need be named
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        if (!context.Services.GetRequiredService<Installation>().IsDemo)
            throw new RefusedException("This installation keeps real books; invented members are for demo installations only.");
        context.Services.GetRequiredService<CurrentUser>().Actor = Actor.System;
        var added = await context.Services.GetRequiredService<FirstStart>().AddDemoDataAsync(context.Cancellation);
        return new VerbAnswer(new { added }, added.Count == 0 ? "The demo records were there already." : $"Added: {string.Join(", ", added)}.");
    }
}
