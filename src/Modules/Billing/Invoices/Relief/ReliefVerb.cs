using System.CommandLine;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Relief;

/// <summary>
/// <c>waive-invoice</c> and <c>write-off-invoice</c>: give up by resolution what is open on an invoice or an item taken over (EB-…), or a credit taken over;
/// repeated, they answer with what was decided.
/// </summary>
internal abstract class ReliefVerb(string name, ReliefKind kind, string description) : IVerb
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The invoice, or the item taken over: BR-2026-00001, EB-00001." };
    private readonly Option<string?> _amount = new("--amount") { Description = "A part: 120.00. Without it all that is open." };
    private readonly Option<string?> _by = new("--resolved-by") { Description = "Who decided: Vorstand." };
    private readonly Option<string?> _on = new("--resolved-on") { Description = "The day of the resolution: 2027-05-04." };
    private readonly Option<string?> _text = new("--resolution") { Description = "Its words, or where they stand." };
    private readonly Option<bool> _approve = new("--approve") { Description = "The second person agrees." };
    private readonly Option<string?> _undo = new("--undo") { Description = "Takes it back, with this reason." };

    public Command Define(IVerbHost host)
    {
        var command = new Command(name, description) { _number, _amount, _by, _on, _text, _approve, _undo };
        command.Validators.Add(result =>
        {
            var decided = new[] { _by, _on, _text }.Count(o => result.GetValue(o) is not null);
            if (new[] { decided == 3, result.GetValue(_approve), result.GetValue(_undo) is not null }.Count(x => x) != 1 || decided is 1 or 2)
                result.AddProblem<ReliefTexts>("Verb.NoStep");
        });
        command.SetAction(host.Run(_ => true, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<ReliefTexts>>();
        var number = context.Arguments.GetRequiredValue(_number);
        if (context.Arguments.GetValue(_approve))
            await context.Bus.InvokeAsync(new ApproveRelief(number), context.Cancellation);
        else if (context.Arguments.GetValue(_undo) is { } reason)
            await context.Bus.InvokeAsync(new ReverseRelief(number, reason), context.Cancellation);
        else if (Decided(context, number) is var wished && await FindAsync(context, wished) is null)
            await context.Bus.InvokeAsync<ReliefState>(wished, context.Cancellation);
        var relief = (await context.Bus.QueryAsync(new ReadReliefs(number), context.Cancellation))[0];
        return new VerbAnswer(
            new Answer(number, relief.Kind.ToString().ToLowerInvariant(), relief.StateName.ToLowerInvariant(), relief.Amount),
            texts["Verb.Answer", number, texts["Kind." + relief.Kind], Formats.Of(relief.Amount), texts["State." + relief.StateName]]
        );
    }

    private RequestRelief Decided(VerbContext context, string number)
    {
        var (typedDay, typedAmount) = (context.Arguments.GetValue(_on)!, context.Arguments.GetValue(_amount));
        var on = VerbDay.Read(context.Services, _on.Name, typedDay);
        Money? amount = typedAmount is null ? null : TypedAmount.Read(context.Services, _amount.Name, typedAmount);
        return new RequestRelief(number, kind, context.Arguments.GetValue(_by)!, on, context.Arguments.GetValue(_text)!, amount);
    }

    // What an earlier call decided in the same words.
    private static async Task<ClaimRelief?> FindAsync(VerbContext context, RequestRelief wished) =>
        (await context.Bus.QueryAsync(new ReadReliefs(wished.Number), context.Cancellation)).FirstOrDefault(r =>
            r.State is ReliefState.Requested or ReliefState.Posted
            && r.Kind == wished.Kind
            && r.ResolvedOn == wished.ResolvedOn
            && r.Resolution == wished.Resolution.Trim()
            && (wished.Amount is null || r.Amount == wished.Amount)
        );

    private sealed record Answer(string Invoice, string Kind, string State, Money Amount);
}

/// <summary><c>waive-invoice</c>.</summary>
internal sealed class WaiveInvoiceVerb()
    : ReliefVerb(
        "waive-invoice",
        ReliefKind.Waiver,
        "Waives by resolution what is open on an invoice or an item taken over, or a part of it; agrees to it; takes it back."
    );

/// <summary><c>write-off-invoice</c>.</summary>
internal sealed class WriteOffInvoiceVerb()
    : ReliefVerb(
        "write-off-invoice",
        ReliefKind.WriteOff,
        "Writes off by resolution what is open on an invoice or an item taken over, or a part of it; agrees to it; takes it back."
    );
