using System.CommandLine;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Operation.Jobs.Pages;

/// <summary><c>run-job NAME</c>: a job now, and its end. On a demo <c>--today</c> lets it do the work of another day.</summary>
internal sealed class RunJobVerb : IVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "The job's name, as 'jobs list' prints it: membership.draft-dues-run." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("run-job", "Run a job now, beside its schedule, and wait for its end; with --today, on demo installations, as on that day.")
        {
            _name,
        };
        command.SetAction(host.Run(_ => true, context => JobAnswers.RunAsync(context, context.Arguments.GetRequiredValue(_name))));
        return command;
    }
}
