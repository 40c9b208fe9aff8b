using System.CommandLine;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Corrections;

/// <summary><c>correct-invoice NUMBER --reason TEXT</c>: cancels a wrong invoice and issues it anew; repeated, it answers with the state there is.</summary>
internal sealed class CorrectInvoiceVerb : IVerb
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The wrong invoice: BR-2026-00001." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Printed on the cancellation." };
    private readonly Option<bool> _approve = new("--approve") { Description = "The second person agrees." };

    public Command Define(IVerbHost host)
    {
        var command = new Command(
            "correct-invoice",
            "Cancels a wrongly calculated invoice and issues it anew; without --reason and --approve it only shows what would change."
        )
        {
            _number,
            _reason,
            _approve,
        };
        command.SetAction(host.Run(arguments => arguments.GetValue(_approve) || arguments.GetValue(_reason) is not null, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<CorrectionTexts>>();
        var number = context.Arguments.GetRequiredValue(_number);
        var charge =
            await context.Bus.QueryAsync(new FindChargeOfInvoice(number), context.Cancellation)
            ?? throw new ProblemsException(texts["Problem.NoInvoice", number]);
        var facts = await ReadAsync(context, charge);
        if (context.Arguments.GetValue(_approve))
        {
            if (facts.Correction is not { } waiting)
                throw new ProblemsException(texts["Problem.Gone"]);
            await context.Bus.InvokeAsync(new ApproveCorrection(waiting.Id), context.Cancellation);
        }
        else if (context.Arguments.GetValue(_reason) is { } reason && facts.Correction is null)
        {
            if (facts.Obstacle(texts) is { } obstacle)
                throw new ProblemsException(obstacle);
            await context.Bus.InvokeAsync(new CorrectCharge(charge, facts.Now!.Amount, reason), context.Cancellation);
        }
        await context.Drain();
        facts = await ReadAsync(context, charge);
        if (facts.Correction is { State: CorrectionState.Released }) // an earlier call was interrupted: its messages are still there
        {
            await context.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync(context.Cancellation);
            facts = await ReadAsync(context, charge);
        }
        return Answer(number, facts, texts);
    }

    private static async Task<CorrectionFacts> ReadAsync(VerbContext context, ChargeId charge) =>
        (await context.Bus.QueryAsync(new ReadCorrection(charge), context.Cancellation))!;

    private static VerbAnswer Answer(string number, CorrectionFacts facts, IStringLocalizer<CorrectionTexts> texts)
    {
        if (facts.Correction is not { } done)
            return new VerbAnswer(
                new Reply(number, "preview", facts.Charge.Amount, facts.Now?.Amount, null, null, facts.SetOff, facts.Credit),
                facts.Obstacle(texts) ?? texts["Verb.Preview", number, Formats.Of(facts.Charge.Amount), Formats.Of(facts.Now!.Amount)]
            );
        return new VerbAnswer(
            new Reply(
                number,
                done.State.ToString().ToLowerInvariant(),
                done.OldAmount,
                done.NewAmount,
                done.Cancellation,
                done.NewInvoice,
                done.SetOff,
                done.Credit
            ),
            done.State switch
            {
                CorrectionState.Requested => texts["Problem.Requested", done.Invoice, done.Approval.AskedByName!],
                CorrectionState.Done => texts[
                    "Verb.Done",
                    number,
                    done.Cancellation!,
                    done.NewInvoice ?? "–",
                    Formats.Of(done.SetOff!.Value),
                    Formats.Of(done.Credit!.Value)
                ],
                _ => texts["State.Released"],
            }
        );
    }

    private sealed record Reply(
        string Invoice,
        string State,
        Money OldAmount,
        Money? NewAmount,
        string? Cancellation,
        string? NewInvoice,
        Money? SetOff,
        Money? Credit
    );
}
