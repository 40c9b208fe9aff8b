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
    private readonly RunSteps _steps = new("Dues year.");

    public Command Define(IVerbHost host) => _steps.Define(host, "dues-run", "Previews, submits, approves or executes the dues run of a year.", RunAsync, []);

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<DuesTexts>>();
        var year = _steps.Year(context.Arguments);
        var preview = await context.Bus.QueryAsync(new PreviewDuesRun(year), context.Cancellation);
        var done = preview.Runs.FirstOrDefault(r => r.State == DuesRunState.Executed);
        var began = preview.Open is { State: not DuesRunState.Draft };

        if (_steps.Submits(context.Arguments) && !began)
        {
            if (preview.Summary.Charges == 0 && done is null)
                throw new ProblemsException(texts["Problem.NobodyToCharge", year]);
            if (preview.Summary.Charges > 0)
                await SubmitAsync(context, year);
        }
        else if (_steps.Approves(context.Arguments) && (began || done is null))
        {
            await context.Bus.InvokeAsync(new ApproveDuesRun(Begun(preview, year, texts).Id), context.Cancellation);
        }
        else if (_steps.Executes(context.Arguments) && (began || done is null))
        {
            await RunSteps.ExecuteAsync(
                context,
                Begun(preview, year, texts),
                async () => (await context.Bus.QueryAsync(new PreviewDuesRun(year), context.Cancellation)).Open is { State: DuesRunState.Executing }
            );
        }
        if (!_steps.Previews(context.Arguments))
            preview = await context.Bus.QueryAsync(new PreviewDuesRun(year), context.Cancellation);
        return Answer(preview, year, texts, _steps.Executes(context.Arguments));
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
                state = DuesStates.WordOf(run ?? preview.Open),
                charged,
                total,
                missingInput = missing,
                notLiable = summary.NotLiable.Count,
                exempt = summary.Exempt.Count,
            },
            texts[
                "Verb.Run",
                (run ?? preview.Open)?.Code ?? year.ToString(System.Globalization.CultureInfo.InvariantCulture),
                texts[DuesStates.KeyOf(run ?? preview.Open)],
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
