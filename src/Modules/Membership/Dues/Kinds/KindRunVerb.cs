using System.CommandLine;
using Association.Membership.Contracts;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Kinds;

/// <summary>
/// <c>admission-fee</c> and <c>levy</c>: preview, submit, approve or execute a run of this kind and year under the terms of a resolution. Repeating a step
/// that is done answers with the state.
/// </summary>
internal abstract class KindRunVerb(string name, DuesKind kind, string description) : IVerb
{
    private readonly RunSteps _steps = new("Year of the admissions, or of the levy.");
    private readonly TypedTerms _terms = new();

    public Command Define(IVerbHost host) => _steps.Define(host, name, description, RunAsync, _terms.Options);

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var (arguments, texts) = (context.Arguments, context.Services.GetRequiredService<IStringLocalizer<KindTexts>>());
        var (year, typed) = (_steps.Year(arguments), _terms.Read(arguments, context.Services, texts));
        if (typed is not null)
            await RefuseUnknownCategoriesAsync(context, typed, texts);
        var before = await ReadAsync(context, year, typed);
        var began = before.Open is { State: not DuesRunState.Draft };

        if (_steps.Submits(arguments) && !began)
        {
            // Repeated after the execution: nobody came since.
            if (before is not { Open: null, Done: not null, Summary.Charges: 0 })
                await SubmitAsync(context, year, typed, before, texts);
        }
        else if (_steps.Approves(arguments) && (began || before.Done is null))
        {
            await context.Bus.InvokeAsync(new ApproveDuesRun(Begun(before, year, texts).Id), context.Cancellation);
        }
        else if (_steps.Executes(arguments) && (began || before.Done is null))
        {
            await RunSteps.ExecuteAsync(
                context,
                Begun(before, year, texts),
                async () => (await ReadAsync(context, year, null)).Open is { State: DuesRunState.Executing }
            );
        }
        return Answer(context, await ReadAsync(context, year, typed), year, texts);
    }

    // A category that nobody has would charge nobody, and nobody would notice.
    private static async Task RefuseUnknownCategoriesAsync(VerbContext context, DuesTerms terms, IStringLocalizer<KindTexts> texts)
    {
        var known = await context.Bus.QueryAsync(new ListDuesCategories(), context.Cancellation);
        if (terms.Amounts.Keys.FirstOrDefault(c => !known.ContainsKey(c)) is { } unknown)
            throw new ProblemsException(texts["Verb.NoCategory", unknown, string.Join(", ", known.Keys)]);
    }

    private Task<KindPreview> ReadAsync(VerbContext context, int year, DuesTerms? terms) =>
        context.Bus.QueryAsync(new PreviewKindRun(kind, year, terms), context.Cancellation);

    // A draft with the same terms is one that an earlier call began, or the page; with others it is somebody's else.
    private async Task SubmitAsync(VerbContext context, int year, DuesTerms? typed, KindPreview before, IStringLocalizer<KindTexts> texts)
    {
        if (typed is null && before.Open is null)
            throw new ProblemsException(texts["Verb.NoTerms"]);
        if (typed is not null && before.Open is { } draft && !draft.Terms!.SaysTheSameAs(typed))
            throw new ProblemsException(texts["Problem.Open", draft.Code]);
        if (before.Summary is { Charges: 0 })
            throw new ProblemsException(texts["Verb.Nobody", year]);
        var code = before.Open?.Code ?? await context.Bus.InvokeAsync<string>(new StartKindRun(kind, year, typed!), context.Cancellation);
        var run = await context.Bus.QueryAsync(new ReadDuesRun(code), context.Cancellation);
        await context.Bus.InvokeAsync(new SubmitDuesRun(run!.Run.Id), context.Cancellation);
    }

    private static DuesRun Begun(KindPreview found, int year, IStringLocalizer<KindTexts> texts) =>
        found.Open is { State: not DuesRunState.Draft } run ? run : throw new ProblemsException(texts["Verb.NothingSubmitted", year]);

    // A preview speaks of now; every step of the run that it moved.
    private VerbAnswer Answer(VerbContext context, KindPreview found, int year, IStringLocalizer<KindTexts> texts)
    {
        var preview = _steps.Previews(context.Arguments);
        if (preview && found.Summary is null)
            throw new ProblemsException(texts["Verb.NoTerms"]);
        var run = preview ? null : found.Open ?? found.Done;
        var state = run?.State ?? DuesRunState.Draft;
        var (charged, total) = run is null ? (found.Summary?.Charges ?? 0, found.Summary?.Total ?? default) : (run.Charges, run.Total);
        var (exempt, notLiable) = run is null ? (found.Summary?.Exempt.Count ?? 0, found.Summary?.NotLiable.Count ?? 0) : (run.Exempt, run.NotLiable);
        return new VerbAnswer(
            new
            {
                run = run?.Code,
                state = DuesStates.WordOf(run),
                charged,
                total,
                exempt,
                notLiable,
            },
            texts[
                "Verb.Run",
                run?.Code ?? year.ToString(System.Globalization.CultureInfo.InvariantCulture),
                context.Services.GetRequiredService<IStringLocalizer<DuesTexts>>()[DuesStates.KeyOf(run)],
                new Count(charged),
                Formats.Of(total),
                new Count(exempt)
            ],
            !_steps.Executes(context.Arguments) || state is DuesRunState.Executed
        );
    }
}

/// <summary><c>admission-fee</c>.</summary>
internal sealed class AdmissionFeeVerb() : KindRunVerb("admission-fee", DuesKind.Admission, "Previews, submits, approves or executes a run of admission fees.");

/// <summary><c>levy</c>.</summary>
internal sealed class LevyVerb() : KindRunVerb("levy", DuesKind.Levy, "Previews, submits, approves or executes a levy.");
