using System.CommandLine;
using Association.Billing.Invoices.Browsing;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary><c>cancel-invoice NUMBER --reason TEXT</c>: takes an invoice back; repeated, it answers with the cancellation there is.</summary>
internal sealed class CancelInvoiceVerb : IVerb
{
    public Command Define(IVerbHost host)
    {
        var number = new Argument<string>("NUMBER") { Description = "The invoice: BR-2026-00001." };
        var reason = new Option<string>("--reason") { Required = true, Description = "Printed on the cancellation." };
        var command = new Command("cancel-invoice", "Cancels an issued invoice by a document of its own.") { number, reason };
        command.SetAction(host.Run(_ => true, context => RunAsync(context, context.Arguments.GetRequiredValue(number), context.Arguments.GetRequiredValue(reason))));
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(VerbContext context, string number, string reason)
    {
        var texts = context.Services.GetRequiredService<IStringLocalizer<BillingTexts>>();
        if (await context.Bus.QueryAsync(new GetInvoice(number), context.Cancellation) is { CancelledBy: { } by } done)
        {
            var credit = (await context.Bus.QueryAsync(new GetInvoice(by), context.Cancellation))!.Content.Cancels!.Credit;
            return new VerbAnswer(new Answer(done.Content.Number, by, credit), texts["Problem.AlreadyCancelled", done.Content.Number, by]);
        }
        var cancelled = await context.Bus.InvokeAsync<CancelledInvoice>(new CancelInvoice(number, reason), context.Cancellation);
        await context.Drain();
        return new VerbAnswer(
            new Answer(number, cancelled.Number, cancelled.Credit),
            texts["Verb.Cancelled", number, cancelled.Number, Formats.Of(cancelled.Credit)]);
    }

    private sealed record Answer(string Invoice, string Cancellation, Money Credit);
}
