using System.CommandLine;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening;

/// <summary><c>billing opening-balances FILE --control-sum SUM [--apply]</c>: shows what a list would book; books with <c>--apply</c> only.</summary>
internal sealed class OpeningVerb : IVerb
{
    private const int NoticesSaid = 50; // all of them are in the JSON

    public Command Define(IVerbHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The list: an Excel workbook (.xlsx) or a CSV file." };
        var sum = new Option<string>("--control-sum") { Required = true, Description = "Open amounts less credits, as your own books have it: 1234,56." };
        var apply = new Option<bool>("--apply") { Description = "Take over; without it nothing is written." };
        var opening = new Command("opening-balances", "Shows what a list of open amounts and credits would book, or takes it over.") { file, sum, apply };
        opening.SetAction(
            host.Run(
                arguments => arguments.GetValue(apply),
                context =>
                    RunAsync(context, context.Arguments.GetRequiredValue(file), context.Arguments.GetRequiredValue(sum), context.Arguments.GetValue(apply))
            )
        );
        return new Command("billing", "The books.") { opening };
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context, FileInfo file, string typedSum, bool apply)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<OpeningTexts>>();
        var sum = TypedAmount.Read(context.Services, "--control-sum", typedSum);
        var list = new OpeningList(file.Name, await InputFile.ReadAsync(context, file), sum);
        var taken = apply ? await context.Bus.InvokeAsync<TakenOpening>(new TakeOverOpening(list), context.Cancellation) : null;
        var plan = taken?.Plan ?? await context.Bus.QueryAsync(new PreviewOpening(list), context.Cancellation);
        return new VerbAnswer(
            new Answer(
                taken?.Import,
                plan.OpenCount,
                plan.OpenSum,
                plan.CreditCount,
                plan.CreditSum,
                plan.WithoutAmount,
                plan.ControlSum,
                plan.Sum,
                plan.SumAgrees,
                plan.Before is not null,
                plan.Findings,
                plan.Notices
            ),
            Text(plan, taken is not null, texts),
            taken is not null || plan.CanBeTakenOver
        );
    }

    private static string Text(OpeningPlan plan, bool applied, IStringLocalizer<OpeningTexts> texts)
    {
        var lines = new List<string>
        {
            texts[
                applied ? "Verb.Taken" : "Verb.Preview",
                new Count(plan.OpenCount),
                Formats.Of(plan.OpenSum),
                new Count(plan.CreditCount),
                Formats.Of(plan.CreditSum)
            ],
        };
        if (!plan.SumAgrees)
            lines.Add(texts["Problem.ControlSum", Formats.Of(plan.ControlSum), Formats.Of(plan.Sum)]);
        if (!applied && plan.Before is { } before)
            lines.Add(texts["Problem.TakenBefore", plan.FileName, Formats.Of(before.At), before.By]);
        lines.AddRange(plan.Findings.Select(f => $"{f.Cell}: {f.Reason}"));
        lines.AddRange(plan.Notices.Take(NoticesSaid).Select(n => $"{n.Cell}: {n.Reason}"));
        if (plan.Notices.Count > NoticesSaid)
            lines.Add(texts["Verb.MoreNotices", new Count(plan.Notices.Count - NoticesSaid)]);
        return string.Join('\n', lines);
    }

    private sealed record Answer(
        Guid? Import,
        int Open,
        Money OpenSum,
        int Credits,
        Money CreditSum,
        int WithoutAmount,
        Money ControlSum,
        Money Sum,
        bool SumAgrees,
        bool TakenBefore,
        IReadOnlyList<OpeningFinding> Findings,
        IReadOnlyList<OpeningFinding> Notices
    );
}
