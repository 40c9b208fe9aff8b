using System.CommandLine;
using Association.Billing.Dunning.Finding;
using Association.Billing.Dunning.Runs;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning;

/// <summary><c>reminders --preview | --submit | --approve | --withdraw | --send</c>: the run of reminders that is on its way, or a new one, without a browser.
/// Repeated, a step that was done already answers with the state there is.</summary>
internal sealed class RemindersVerb : IVerb
{
    private readonly Option<bool> _preview = new("--preview") { Description = "Says who is to be reminded of what, and who is left out and why." };
    private readonly Option<bool> _submit = new("--submit") { Description = "Freezes that and hands it to a second person." };
    private readonly Option<bool> _approve = new("--approve") { Description = "The second person agrees." };
    private readonly Option<string?> _withdraw = new("--withdraw") { Description = "Gives the run up; a second person says why.", HelpName = "REASON" };
    private readonly Option<bool> _send = new("--send") { Description = "Has the letters written and sent." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("reminders", "Reminds members of what is overdue: by the office's rules, each item once per level.")
        {
            _preview,
            _submit,
            _approve,
            _withdraw,
            _send,
        };
        command.Validators.Add(result =>
        {
            bool[] chosen =
            [
                result.GetValue(_preview),
                result.GetValue(_submit),
                result.GetValue(_approve),
                result.GetValue(_withdraw) is not null,
                result.GetValue(_send),
            ];
            if (chosen.Count(c => c) != 1)
                result.AddProblem<DunningTexts>("Verb.Choose");
        });
        command.SetAction(host.Run(arguments => !arguments.GetValue(_preview), RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var (texts, arguments) = (context.Services.GetRequiredService<IStringLocalizer<DunningTexts>>(), context.Arguments);
        if (arguments.GetValue(_preview))
            return Of(await context.Bus.QueryAsync(new PreviewReminders(), context.Cancellation), texts);
        if (arguments.GetValue(_submit))
            await context.Bus.InvokeAsync<SubmittedReminders>(new SubmitReminders(), context.Cancellation);
        else
        {
            var newest = await NewestAsync(context) ?? throw new ProblemsException(texts["Problem.NoRunYet"]);
            var number = newest.Run.Number;
            if (arguments.GetValue(_approve))
                await context.Bus.InvokeAsync(new ApproveReminders(number), context.Cancellation);
            else if (arguments.GetValue(_withdraw) is { } reason)
                await context.Bus.InvokeAsync(new WithdrawReminders(number, reason), context.Cancellation);
            else
                await context.Bus.InvokeAsync(new SendReminders(number), context.Cancellation);
        }
        await context.Drain();
        var run = (await NewestAsync(context))!;
        return new VerbAnswer(
            new Answer(run.Run.Number, run.Run.State, run.Accounts, run.Open, run.Letters, run.Fees),
            texts["Verb.Answer", run.Run.Number, texts["State." + run.Run.State], new Count(run.Accounts), new Count(run.Letters), Formats.Of(run.Open)]
        );
    }

    private static async Task<DunningRunSummary?> NewestAsync(VerbContext context) =>
        await context.Bus.QueryAsync(new ListDunningRuns(1), context.Cancellation) is [var last] ? last : null;

    private static VerbAnswer Of(ReminderPreview preview, IStringLocalizer<DunningTexts> texts) =>
        new(
            new
            {
                preview.AsOf,
                letters = preview.Letters.Select(l => new
                {
                    l.Member,
                    l.Name,
                    level = (int)l.Level,
                    l.Open,
                    l.Fee,
                    items = l.Items.Select(Json),
                }),
                leftOut = preview.LeftOut.Select(Json),
            },
            string.Join(
                '\n',
                [
                    texts["Verb.Preview", new Count(preview.Letters.Count), Formats.Of(preview.Open), Formats.Of(preview.Fees)],
                    .. preview.Letters.Select(l =>
                        $"  {l.Member} {l.Name}: {texts["Level." + l.Level]}, {Formats.Of(l.Open)} ({string.Join(", ", l.Items.Select(i => i.Number))})"
                    ),
                    .. preview.LeftOut.Select(i => $"  {i.Member} {i.Name}, {i.Number}: {texts["LeftOut." + i.LeftOut]}"),
                ]
            )
        );

    private static object Json(DunnedItem item) =>
        new
        {
            item.Number,
            item.Member,
            item.DueOn,
            item.Since,
            item.Open,
            level = (int)item.Level,
            item.LeftOut,
        };

    private sealed record Answer(int Run, DunningRunState State, int Accounts, Money Open, int Letters, Money Fees);
}
