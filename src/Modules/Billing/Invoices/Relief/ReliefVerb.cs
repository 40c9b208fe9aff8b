using System.CommandLine;
using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Relief;

/// <summary><c>waive-invoice</c> and <c>write-off-invoice</c>: give up what is open by resolution; repeated, they answer with what was decided.</summary>
internal abstract class ReliefVerb(string name, ReliefKind kind, string description) : IVerb
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The invoice: BR-2026-00001." };
    private readonly Option<string?> _by = new("--resolved-by") { Description = "Who decided: Vorstand." };
    private readonly Option<string?> _on = new("--resolved-on") { Description = "The day of the resolution: 2027-05-04." };
    private readonly Option<string?> _text = new("--resolution") { Description = "Its words, or where they stand." };
    private readonly Option<bool> _approve = new("--approve") { Description = "The second person agrees." };
    private readonly Option<string?> _undo = new("--undo") { Description = "Takes it back, with this reason." };

    public Command Define(IVerbHost host)
    {
        var command = new Command(name, description) { _number, _by, _on, _text, _approve, _undo };
        command.Validators.Add(result =>
        {
            var decided = new[] { _by, _on, _text }.Count(o => result.GetValue(o) is not null);
            if (new[] { decided == 3, result.GetValue(_approve), result.GetValue(_undo) is not null }.Count(x => x) != 1 || decided is 1 or 2)
                result.AddError("Name the resolution with --resolved-by, --resolved-on and --resolution, or --approve, or --undo.");
        });
        command.SetAction(host.Run(_ => true, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<ReliefTexts>>();
        var number = context.Arguments.GetRequiredValue(_number);
        var live = await context.Bus.QueryAsync(new ReadReliefs(number), context.Cancellation) is [var newest, ..] ? newest : null;
        if (context.Arguments.GetValue(_approve)) await context.Bus.InvokeAsync(new ApproveRelief(number), context.Cancellation);
        else if (context.Arguments.GetValue(_undo) is { } reason) await context.Bus.InvokeAsync(new ReverseRelief(number, reason), context.Cancellation);
        else if (live is not { State: ReliefState.Requested or ReliefState.Posted } || live.Kind != kind)
        {
            var typed = context.Arguments.GetValue(_on)!;
            if (!DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)) throw new ProblemsException(texts["Verb.NoDate", typed]);
            await context.Bus.InvokeAsync<ReliefState>(new RequestRelief(number, kind, context.Arguments.GetValue(_by)!, on, context.Arguments.GetValue(_text)!), context.Cancellation);
        }
        var relief = (await context.Bus.QueryAsync(new ReadReliefs(number), context.Cancellation))[0];
        return new VerbAnswer(
            new Answer(number, relief.Kind.ToString().ToLowerInvariant(), relief.State.ToString().ToLowerInvariant(), relief.Amount),
            texts["Verb.Answer", number, texts["Kind." + relief.Kind], Formats.Of(relief.Amount), texts["State." + relief.State]]);
    }

    private sealed record Answer(string Invoice, string Kind, string State, Money Amount);
}

/// <summary><c>waive-invoice</c>.</summary>
internal sealed class WaiveInvoiceVerb() : ReliefVerb("waive-invoice", ReliefKind.Waiver, "Waives what is open on an invoice by resolution, agrees to it, or takes it back.");

/// <summary><c>write-off-invoice</c>.</summary>
internal sealed class WriteOffInvoiceVerb() : ReliefVerb("write-off-invoice", ReliefKind.WriteOff, "Writes off what is open on an invoice by resolution, agrees to it, or takes it back.");
