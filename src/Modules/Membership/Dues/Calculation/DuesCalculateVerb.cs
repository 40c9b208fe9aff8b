using System.CommandLine;
using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Calculation;

/// <summary><c>dues-calculate</c>: what would a member owe, and why. Reads only.</summary>
internal sealed class DuesCalculateVerb : IVerb
{
    private const string Exact = "0.00##########"; // a text, so that no reader makes a binary fraction of it
    private const string German = "de"; // the command line speaks the product's first language

    private readonly Option<string> _category = new("--category")
    {
        Required = true,
        Description = "Code or name of the category: hospital, Krankenhausträger.",
    };
    private readonly Option<string?> _input = new("--input") { Description = "Beds, staff or inhabitants, where the category needs them." };
    private readonly Option<string?> _joined = new("--joined") { Description = "Day of entry: 2027-05-01." };
    private readonly Option<string?> _reduction = new("--reduction") { Description = "Percent by resolution: 50." };
    private readonly Option<int> _year = new Option<int>("--year") { Required = true, Description = "Dues year." }.InWords();

    public Command Define(IVerbHost host)
    {
        var command = new Command("dues-calculate", "Calculates the dues of a year, with every step and its rounding.")
        {
            _category,
            _input,
            _joined,
            _reduction,
            _year,
        };
        command.SetAction(host.Run(_ => false, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<DuesTexts>>();
        var (input, joined, reduction) = (context.Arguments.GetValue(_input), context.Arguments.GetValue(_joined), context.Arguments.GetValue(_reduction));
        var answer = await context.Bus.QueryAsync(
            new CalculateDues(
                context.Arguments.GetValue(_category)!,
                context.Arguments.GetValue(_year),
                input is null ? null : Whole(input, context.Services),
                joined is null ? null : Day(joined, context.Services),
                reduction is null ? null : Percent(reduction, context.Services)
            ),
            context.Cancellation
        );
        var steps = answer
            .Result.Steps.Select(s => new Line(s.Paragraph, StepTexts.Describe(s, German), s.Exact.ToString(Exact, CultureInfo.InvariantCulture), s.Amount))
            .ToList();
        if (answer.Result.Outcome == DuesOutcome.NotLiable)
            steps.Add(new Line(answer.Regulation.Paragraphs.ProRata, texts["Calculation.NotLiable", context.Arguments.GetValue(_year)], "0.00", Money.Zero));
        if (answer.Result.Outcome == DuesOutcome.Exempt && steps.Count == 0)
            steps.Add(new Line(answer.Regulation.Paragraphs.Reduction, texts["Calculation.Exempt"], "0.00", Money.Zero));
        return new VerbAnswer(
            new { amount = answer.Result.Amount, steps },
            string.Join('\n', [.. steps.Select(s => $"{s.Paragraph}  {s.Text} = {s.Exact} → {Formats.Of(s.Amount)}"), Formats.Of(answer.Result.Amount)])
        );
    }

    private long Whole(string text, IServiceProvider services)
    {
        var read = TypedNumber.Read(text, ThreeDigits.Groups, TypedUnits.None);
        return read.Value is { } number && decimal.Truncate(number) == number && Math.Abs(number) < long.MaxValue
            ? (long)number
            : throw TypedAmount.Refused(services, _input.Name, text, read, "Verb.NoWhole");
    }

    private decimal Percent(string text, IServiceProvider services)
    {
        var read = TypedNumber.Read(text, ThreeDigits.Doubtful, TypedUnits.Percent);
        return read.Value ?? throw TypedAmount.Refused(services, _reduction.Name, text, read, "Verb.NoPercent");
    }

    private DateOnly Day(string text, IServiceProvider services) =>
        VerbDay.Read(services, _joined.Name, TypedInput.TryDate(text + "-01", out _) ? text + "-01" : text);

    private sealed record Line(string Paragraph, string Text, string Exact, Money Amount);
}
