using System.CommandLine;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Membership.Dues.Runs;

/// <summary>The steps of a run on the command line, of which exactly one is named. The preview writes nothing; a step that is done can be repeated.</summary>
/// <param name="year">What the year is of.</param>
internal sealed class RunSteps(string year)
{
    private readonly Option<int> _year = new Option<int>("--year") { Required = true, Description = year }.InWords();
    private readonly Option<bool> _preview = new("--preview") { Description = "Calculates; writes nothing." };
    private readonly Option<bool> _submit = new("--submit") { Description = "Freezes the charges and hands them to a second person." };
    private readonly Option<bool> _approve = new("--approve") { Description = "The second signature." };
    private readonly Option<bool> _execute = new("--execute") { Description = "Issues the invoices; returns when all are issued." };

    public Command Define(IVerbHost host, string name, string description, Func<VerbContext, Task<VerbAnswer>> body, IEnumerable<Option> more)
    {
        var command = new Command(name, description) { _year, _preview, _submit, _approve, _execute };
        foreach (var option in more)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (new[] { _preview, _submit, _approve, _execute }.Count(result.GetValue) != 1)
                result.AddProblem<DuesTexts>("Verb.OneStep");
        });
        command.SetAction(host.Run(arguments => !Previews(arguments), body));
        return command;
    }

    public int Year(ParseResult arguments) => arguments.GetValue(_year);

    public bool Previews(ParseResult arguments) => arguments.GetValue(_preview);

    public bool Submits(ParseResult arguments) => arguments.GetValue(_submit);

    public bool Approves(ParseResult arguments) => arguments.GetValue(_approve);

    public bool Executes(ParseResult arguments) => arguments.GetValue(_execute);

    /// <summary>Issues the invoices and returns when all are issued.</summary>
    /// <param name="context">Of the verb.</param>
    /// <param name="run">Approved.</param>
    /// <param name="isExecuting">Whether it still is, as committed.</param>
    public static async Task ExecuteAsync(VerbContext context, DuesRun run, Func<Task<bool>> isExecuting)
    {
        await context.Bus.InvokeAsync(new ExecuteDuesRun(run.Id), context.Cancellation);
        await context.Drain();
        if (await isExecuting()) // an earlier execution was interrupted: its messages are still there
            await context.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync(context.Cancellation);
    }
}
