using System.CommandLine;
using Association.Billing.Invoices.Browsing;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary><c>cancel-invoice NUMBER --reason TEXT</c>: takes an invoice back, or asks the second person to; repeated, it answers with the state there
/// is.</summary>
internal sealed class CancelInvoiceVerb : IVerb
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The invoice: BR-2026-00001." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Printed on the cancellation." };
    private readonly Option<bool> _approve = new("--approve") { Description = "The second person agrees." };

    public Command Define(IVerbHost host)
    {
        var command = new Command(
            "cancel-invoice",
            "Cancels an issued invoice by a document of its own; from the office's limit on a second person agrees first."
        )
        {
            _number,
            _reason,
            _approve,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(_reason) is not null) == result.GetValue(_approve))
                result.AddProblem<CancellingTexts>("Verb.NoReason");
        });
        command.SetAction(host.Run(_ => true, RunAsync));
        return command;
    }

    private async Task<VerbAnswer> RunAsync(VerbContext context)
    {
        var general = context.Services.GetRequiredService<IStringLocalizer<BillingTexts>>();
        var number = context.Arguments.GetRequiredValue(_number);
        if (await CancelledAsync(context.Bus, number, context.Cancellation) is { } done)
        {
            // An earlier call may have been interrupted after it: what it caused is still there, the document and the charge that is free again.
            await context.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync(context.Cancellation);
            return new VerbAnswer(done, general["Problem.AlreadyCancelled", done.Invoice, done.Cancellation!]);
        }

        if (context.Arguments.GetValue(_approve))
            await context.Bus.InvokeAsync(new ApproveCancellation(number), context.Cancellation);
        else if (await WaitingAsync() is null)
            await context.Bus.InvokeAsync<CancelledInvoice>(new CancelInvoice(number, context.Arguments.GetValue(_reason)!), context.Cancellation);
        await context.Drain();

        if (await WaitingAsync() is { } waiting)
        {
            var texts = context.Services.GetRequiredService<IStringLocalizer<CancellingTexts>>();
            return new VerbAnswer(
                new Answer(waiting.Invoice.Number, null, Money.Zero),
                texts["Verb.Waits", waiting.Invoice.Number, waiting.Approval.AskedByName!]
            );
        }
        var cancelled = (await CancelledAsync(context.Bus, number, context.Cancellation))!;
        return new VerbAnswer(cancelled, general["Verb.Cancelled", cancelled.Invoice, cancelled.Cancellation!, Formats.Of(cancelled.Credit)]);

        async Task<CancellationRequest?> WaitingAsync() =>
            await context.Bus.QueryAsync(new ReadCancellationRequest(number), context.Cancellation) is { State: CancellationState.Requested } request
                ? request
                : null;
    }

    // The invoice as cancelled; null while it is not.
    private static async Task<Answer?> CancelledAsync(IMessageBus bus, string number, CancellationToken ct) =>
        await bus.QueryAsync(new GetInvoice(number), ct) is { CancelledBy: { } by } invoice
            ? new Answer(invoice.Content.Number, by, (await bus.QueryAsync(new GetInvoice(by), ct))!.Content.Cancels!.Credit)
            : null;

    // Without cancellation it waits for a second person.
    private sealed record Answer(string Invoice, string? Cancellation, Money Credit);
}
