using System.CommandLine;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Runs;

/// <summary><c>dues-run</c>: previews, submits, approves or executes the run of a year. Repeating a step that is done answers with the state.</summary>
internal sealed class DuesRunVerb : IVerb
{
    private readonly Option<int> _year = new("--year") { Required = true, Description = "Dues year." };
    private readonly Option<bool> _preview = new("--preview") { Description = "Calculates; writes nothing." };
    private readonly Option<bool> _submit = new("--submit") { Description = "Freezes the charges and hands them to a second person." };
    private readonly Option<bool> _approve = new("--approve") { Description = "The second signature." };
    private readonly Option<bool> _execute = new("--execute") { Description = "Issues the invoices; returns when all are issued." };

    public Command Define(IVerbHost host)
    {
        var command = new Command("dues-run", "Previews, submits, approves or executes the dues run of a year.")
        {
            _year,
            _preview,
            _submit,
            _approve,
            _execute,
        };
        command.Validators.Add(result =>
        {
            if (new[] { _preview, _submit, _approve, _execute }.Count(result.GetValue) != 1)
                result.AddError("Name exactly one step: --preview, --submit, --approve or --execute.");
        });
        command.SetAction(host.Run(arguments => !arguments.GetValue(_preview), RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<DuesTexts>>();
        var year = context.Arguments.GetValue(_year);
        var preview = await context.Bus.QueryAsync(new PreviewDuesRun(year), context.Cancellation);
        var done = preview.Runs.FirstOrDefault(r => r.State == DuesRunState.Executed);
        var began = preview.Open is { State: not DuesRunState.Draft };

        if (context.Arguments.GetValue(_submit) && !began)
        {
            if (preview.Summary.Charges == 0 && done is null)
                throw new ProblemsException(texts["Problem.NobodyToCharge", year]);
            if (preview.Summary.Charges > 0)
                await SubmitAsync(context, year);
        }
        else if (context.Arguments.GetValue(_approve) && (began || done is null))
        {
            await context.Bus.InvokeAsync(new ApproveDuesRun(Begun(preview, year, texts).Id), context.Cancellation);
        }
        else if (context.Arguments.GetValue(_execute) && (began || done is null))
        {
            await context.Bus.InvokeAsync(new ExecuteDuesRun(Begun(preview, year, texts).Id), context.Cancellation);
            await context.Drain();
            var after = await context.Bus.QueryAsync(new PreviewDuesRun(year), context.Cancellation);
            if (after.Open is { State: DuesRunState.Executing }) // an earlier execution was interrupted: its messages are still there
                await context.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync(context.Cancellation);
        }
        if (!context.Arguments.GetValue(_preview))
            preview = await context.Bus.QueryAsync(new PreviewDuesRun(year), context.Cancellation);
        return Answer(preview, year, texts, context.Arguments.GetValue(_execute));
    }

    private static async Task SubmitAsync(VerbContext context, int year)
    {
        var code = await context.Bus.InvokeAsync<string>(new StartDuesRun(year), context.Cancellation);
        var run = await context.Bus.QueryAsync(new ReadDuesRun(code), context.Cancellation);
        await context.Bus.InvokeAsync(new SubmitDuesRun(run!.Run.Id), context.Cancellation);
    }

    private static DuesRun Begun(DuesPreview preview, int year, IStringLocalizer<DuesTexts> texts) =>
        preview.Open ?? throw new ProblemsException(texts["Problem.NothingSubmitted", year]);

    // A run that began speaks of itself; otherwise whoever would be charged now; when nobody is left, the last run that was executed.
    private static VerbAnswer Answer(DuesPreview preview, int year, IStringLocalizer<DuesTexts> texts, bool shouldBeExecuted)
    {
        var summary = preview.Summary;
        var run =
            preview.Open is { State: not DuesRunState.Draft } begun ? begun
            : summary.Charges == 0 ? preview.Runs.FirstOrDefault(r => r.State == DuesRunState.Executed)
            : null;
        var state = run?.State ?? DuesRunState.Draft;
        var (charged, total) = run is null ? (summary.Charges, summary.Total) : (run.Charges, run.Total);
        var missing = summary.Missing.Select(r => new Missing(r.Number, r.Name, Needs(r, preview, year, texts))).ToList();
        return new VerbAnswer(
            new
            {
                run = (run ?? preview.Open)?.Code,
                state = state.ToString().ToLowerInvariant(),
                charged,
                total,
                missingInput = missing,
                notLiable = summary.NotLiable.Count,
                exempt = summary.Exempt.Count,
            },
            texts[
                "Verb.Run",
                (run ?? preview.Open)?.Code ?? year.ToString(System.Globalization.CultureInfo.InvariantCulture),
                texts["State." + state],
                charged,
                Formats.Of(total),
                missing.Count,
                summary.NotLiable.Count,
                summary.Exempt.Count
            ],
            !shouldBeExecuted || state is DuesRunState.Executed
        );
    }

    private static string Needs(DuesRow row, DuesPreview preview, int year, IStringLocalizer<DuesTexts> texts) =>
        preview.Regulation.RuleOf(row.Category)?.NeededMeasure is { } measure
            ? texts["Missing.Value", StepTexts.Measure(measure, DuesReading.Language), Formats.Of(Regulation.DuesRegulation.ReferenceDate(year))]
            : texts["Missing.Rule"];

    private sealed record Missing(string Member, string Name, string Needs);
}
