using System.CommandLine;
using Association.Membership.SelfDeclarations.Desk;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Membership.SelfDeclarations.Sending;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Agenda;

/// <summary><c>self-declarations --open|--remind|--list</c>: asks the members whose dues need a number, reminds the silent, lists who is how far.</summary>
internal sealed class SelfDeclarationsVerb : IVerb
{
    private const int RowsAtOnce = 1000;

    private readonly Option<bool> _open = new("--open") { Description = "Ask all members whose dues of the year need a number that nobody knows; each once." };
    private readonly Option<bool> _remind = new("--remind") { Description = "Remind now whoever is silent and was not written to for a week." };
    private readonly Option<bool> _list = new("--list") { Description = "Who was asked, and how far each is." };
    private readonly Option<int?> _year = new Option<int?>("--year")
    {
        Description = "Dues year; without it the newest round, or, to open, the year that is prepared now.",
    }.InWords();
    private readonly Option<string?> _answerBy = new("--answer-by") { Description = "The day that members are asked to keep." };
    private readonly Option<string?> _site = new("--site")
    {
        Description = "Where members reach the public pages: https://office.example; without it that of the last round.",
    };

    public Command Define(IVerbHost host)
    {
        var command = new Command("self-declarations", "Asks members for the numbers that their dues need, reminds who is silent, lists who is how far.")
        {
            _open,
            _remind,
            _list,
            _year,
            _answerBy,
            _site,
        };
        command.Validators.Add(result =>
        {
            if (new[] { _open, _remind, _list }.Count(o => result.GetValue(o)) != 1)
                result.AddProblem<DeclarationTexts>("Verb.One");
        });
        command.SetAction(host.Run(arguments => !arguments.GetValue(_list), RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<DeclarationTexts>>();
        var year = context.Arguments.GetValue(_year);
        if (context.Arguments.GetValue(_open))
            return await OpenAsync(context, year, texts);
        var list = await context.Bus.QueryAsync(new ListDeclarations(new DeclarationFilter(year), Size: 1), context.Cancellation);
        var round = list.Round ?? throw new ProblemsException(year is null ? texts["Problem.NoRounds"] : texts["Problem.NoRound", year]);
        return context.Arguments.GetValue(_remind) ? await RemindAsync(context, round.Year, texts) : await ListAsync(context, round, texts);
    }

    private async Task<VerbAnswer> OpenAsync(VerbContext context, int? year, IStringLocalizer<DeclarationTexts> texts)
    {
        var preview = await context.Bus.QueryAsync(new PreviewDeclarations(year), context.Cancellation);
        var terms = preview.Proposed;
        if (context.Arguments.GetValue(_answerBy) is { } typed)
            terms = terms with { AnswerBy = VerbDay.Read(context.Services, "--answer-by", typed) };
        if (context.Arguments.GetValue(_site) is { } site)
            terms = terms with { Site = site.TrimEnd('/') };
        if (terms.Site.Length == 0)
            throw new ProblemsException(texts["Verb.NoSite"]);
        var done = await context.Bus.InvokeAsync<RoundOpened>(new OpenDeclarations(preview.Year, terms), context.Cancellation);
        await context.Drain();
        return new VerbAnswer(
            new
            {
                done.Year,
                done.Asked,
                done.Unreachable,
                answerBy = terms.AnswerBy,
            },
            texts["Verb.Opened", done.Year, new Count(done.Asked), new Count(done.Unreachable)]
        );
    }

    private static async Task<VerbAnswer> RemindAsync(VerbContext context, int year, IStringLocalizer<DeclarationTexts> texts)
    {
        var done = await context.Bus.InvokeAsync<Reminding>(new RemindDeclarations(year), context.Cancellation);
        await context.Drain();
        return new VerbAnswer(new { year, reminded = done.Members }, texts["Remind.Done", new Count(done.Members)]);
    }

    private static async Task<VerbAnswer> ListAsync(VerbContext context, DeclarationRound round, IStringLocalizer<DeclarationTexts> texts)
    {
        var rows = new List<DeclarationRow>();
        string? after = null;
        do
        {
            var page = (await context.Bus.QueryAsync(new ListDeclarations(new DeclarationFilter(round.Year), after, RowsAtOnce), context.Cancellation)).Page;
            rows.AddRange(page.Rows);
            after = page.After;
        } while (after is not null);
        return new VerbAnswer(
            new
            {
                round.Year,
                round.ReferenceDate,
                round.Terms.AnswerBy,
                closed = round.ClosedAt is not null,
                states = rows.GroupBy(r => r.StateText).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
                members = rows.Select(r => new
                {
                    member = r.Number,
                    r.Name,
                    state = r.StateText,
                    measure = r.Measure,
                    lastValue = r.LastValue,
                    value = r.Value,
                    way = r.WayText,
                    obstacle = r.ObstacleText,
                    phone = r.Phone,
                    askedOn = r.SentOn,
                    reminders = r.LastNumber,
                    answeredOn = r.AnsweredOn,
                }),
            },
            rows.Count == 0
                ? texts["Verb.Nobody", round.Year]
                : string.Join(
                    '\n',
                    rows.Select(r =>
                        string.Join("  ", r.Number, r.Name, texts["State." + r.State], r.Value is { } value ? Formats.Number(value) : "–", r.Phone ?? "–")
                    )
                )
        );
    }
}
