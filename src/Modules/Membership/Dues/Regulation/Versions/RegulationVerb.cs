using System.CommandLine;
using Association.Membership.Dues.Regulation.Simulation;
using Association.Platform.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Versions;

/// <summary><c>dues-regulation list|show|simulate</c>: the versions, their rules, and what a year would bring under one of them. Reads only.</summary>
internal sealed class RegulationVerb : IVerb
{
    private readonly Argument<int> _number = new Argument<int>("NUMBER") { Description = "The version, as 'dues-regulation list' prints it." }.InWords();
    private readonly Option<int?> _year = new Option<int?>("--year") { Description = "Dues year; without it the first that the version decides." }.InWords();
    private readonly Option<string?> _values = new("--values")
    {
        Description = "year: as a run takes them; newest: the newest known. Without it whichever fits the day.",
    };

    public Command Define(IVerbHost host)
    {
        _values.AcceptOnlyFromAmong(SimulationAddress.OfTheYear, SimulationAddress.Newest);
        var command = new Command("dues-regulation", "Lists the versions of the dues regulation, shows one, or simulates a year under it.");
        var list = new Command("list", "Lists all versions, the one that begins last first.");
        list.SetAction(host.Run(_ => false, ListAsync));
        var show = new Command("show", "Shows a version with the rules of every category.") { _number };
        show.SetAction(host.Run(_ => false, ShowAsync));
        var simulate = new Command("simulate", "Calculates what a year would bring under a version, beside what holds without it.") { _number, _year, _values };
        simulate.SetAction(host.Run(_ => false, SimulateAsync));
        foreach (var sub in new[] { list, show, simulate })
            command.Subcommands.Add(sub);
        return command;
    }

    private static async Task<VerbAnswer> ListAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<RegulationTexts>>();
        var versions = await context.Bus.QueryAsync(new ListRegulations(), context.Cancellation);
        return new VerbAnswer(versions.Select(Line), string.Join('\n', versions.Select(v => Told(v, texts))));
    }

    private async Task<VerbAnswer> ShowAsync(VerbContext context)
    {
        var (texts, dues) = (
            context.Services.GetRequiredService<IStringLocalizer<RegulationTexts>>(),
            context.Services.GetRequiredService<IStringLocalizer<DuesTexts>>()
        );
        var number = context.Arguments.GetValue(_number);
        var view =
            await context.Bus.QueryAsync(new ReadRegulation(number), context.Cancellation) ?? throw new ProblemsException(texts["Problem.NoVersion", number]);
        var rules = view
            .Regulation.Rules.Select(r => new
            {
                r.Category,
                Name = view.Categories[r.Category],
                Measure = r.NeededMeasure,
                Lines = RuleTexts.Describe(r, dues).ToList(),
            })
            .ToList();
        return new VerbAnswer(
            new { version = Line(view.Version), rules },
            string.Join('\n', [Told(view.Version, texts), .. rules.SelectMany(r => r.Lines.Select((line, i) => $"  {(i == 0 ? r.Name : ""), -40} {line}"))])
        );
    }

    private async Task<VerbAnswer> SimulateAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<RegulationTexts>>();
        var number = context.Arguments.GetValue(_number);
        var found =
            await context.Bus.QueryAsync(
                new SimulateRegulation(number, context.Arguments.GetValue(_year), SimulationAddress.Values(context.Arguments.GetValue(_values)), Take: 0),
                context.Cancellation
            ) ?? throw new ProblemsException(texts["Problem.NoVersion", number]);
        return new VerbAnswer(
            new
            {
                version = number,
                baseline = found.Baseline?.Number,
                found.Year,
                values = SimulationAddress.Of(found.Values),
                total = Sum(found.Total),
                categories = found.Categories.Select(Sum),
            },
            string.Join(
                '\n',
                [
                    .. found
                        .Categories.Append(found.Total)
                        .Select(c =>
                            $"{(c.Category.Length > 0 ? found.Names[c.Category] : texts["Column.Sum"].Value), -40} {Formats.Number(c.Members), 8} {Formats.Of(c.Now), 16} {Formats.Of(c.Then), 16} {Formats.Difference(c.Difference), 16}  {texts["Simulation.Missing"].Value}: {Formats.Number(c.Missing)}"
                        ),
                ]
            )
        );
    }

    private static object Sum(CategorySimulation c) =>
        new
        {
            c.Category,
            c.Members,
            c.Now,
            c.Then,
            c.Difference,
            c.Higher,
            c.Lower,
            c.Missing,
        };

    private static object Line(RegulationVersion v) =>
        new
        {
            v.Number,
            State = IsRefused(v) ? "refused" : EnumText.Of(v.State),
            v.ValidFrom,
            v.ValidTo,
            v.ResolvedBy,
            v.ResolvedOn,
            v.Resolution,
            SubmittedByName = v.Approval.AskedByName,
            v.Approval.ApprovedByName,
            HasDocument = v.DocumentId is not null,
        };

    private static bool IsRefused(RegulationVersion v) => v is { State: RegulationState.Draft, Approval.State: ApprovalState.Refused };

    private static string Told(RegulationVersion v, IStringLocalizer<RegulationTexts> texts) =>
        $"{v.Number}  {texts[IsRefused(v) ? "State.Refused" : "State." + v.State]}  {(v.ValidTo is { } to ? texts["Version.Between", Formats.Of(v.ValidFrom), Formats.Of(to)] : texts["Version.From", Formats.Of(v.ValidFrom)])}  {v.ResolvedBy} {Formats.Of(v.ResolvedOn)}";
}
